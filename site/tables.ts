/** Tables as cards: on a phone each cell carries the heading of its column, so that no row needs its width. */

/** `html` with a `data-label` on every body cell of its tables, taken from the column's `th`; not in a `<table data-rows>`. */
export function labelCells(html: string): string {
  return html.replace(/<table\b(?! data-rows)[\s\S]*?<\/table>/g, (table) => {
    const labels = [...table.matchAll(/<th\b[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell = '']) =>
      plain(cell),
    );
    return labels.length === 0 ? table : table.replace(/<tr\b[\s\S]*?<\/tr>/g, withLabels(labels));
  });
}

function withLabels(labels: string[]): (row: string) => string {
  return (row) => {
    let column = 0;
    return row.replace(/<td\b/g, () => {
      const label = labels[column];
      column += 1;
      return label ? `<td data-label="${label}"` : '<td';
    });
  };
}

/** The text of a cell, fit for an attribute: entities stay as they are. */
function plain(cell: string): string {
  return cell
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('"', '&quot;')
    .trim();
}
