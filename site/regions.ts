/**
 * Regions of source files: what a lesson shows of an example.
 *
 * A region is the text between `// #region NAME` and the next `// #endregion`, as editors fold it (in HTML and in a
 * `.conf`: the same words in a comment). Regions may nest; an `#endregion NAME` closes the one it names. Marker lines are never shown.
 */

/** A piece of a file. `line` is the 1-based line in that file on which `code` begins. */
export interface Region {
  code: string;
  line: number;
  endLine: number;
}

const MARKER = /^\s*(?:\/\/|<!--|\/\*|#)\s*#(region|endregion)(?:\s+([\w-]+))?\s*(?:-->|\*\/)?\s*$/;

/** The indexes of a region's marker lines; `last` is missing when nothing closes it. */
interface Bounds {
  name: string;
  first: number;
  last?: number;
}

/** All regions, in the order of their first lines. */
function regionsOf(lines: string[]): Bounds[] {
  const regions: Bounds[] = [];
  lines.forEach((text, index) => {
    const [, kind, name] = MARKER.exec(text) ?? [];
    if (kind === 'region' && name) regions.push({ name, first: index });
    if (kind !== 'endregion') return;
    const open = regions.filter(({ last }) => last === undefined);
    const closed = open.findLast((region) => name === undefined || region.name === name);
    if (closed) closed.last = index;
  });
  return regions;
}

/** The names of the regions in `text`, in the order of their first lines. */
export function listRegions(text: string): string[] {
  return regionsOf(text.split('\n')).map(({ name }) => name);
}

/** The region `name` of `text`; with no name the whole text. `file` only serves the error message. */
export function readRegion(text: string, name: string | undefined, file: string): Region {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const [first, last] = name === undefined ? [0, lines.length - 1] : boundsOf(lines, name, file);
  const shown = lines
    .map((content, index) => ({ content, index }))
    .slice(first, last + 1)
    .filter(({ content }) => !MARKER.test(content));
  while (shown[0]?.content.trim() === '') shown.shift();
  while (shown.at(-1)?.content.trim() === '') shown.pop();
  const begin = shown[0];
  const end = shown.at(-1);
  if (!begin || !end) throw new Error(`${file}: region "${name ?? 'whole file'}" is empty.`);
  return {
    code: dedent(shown.map(({ content }) => content)),
    line: begin.index + 1,
    endLine: end.index + 1,
  };
}

function boundsOf(lines: string[], name: string, file: string): [number, number] {
  const regions = regionsOf(lines);
  const [region, twin] = regions.filter((one) => one.name === name);
  if (!region) {
    const names = regions.map((one) => one.name).join(', ');
    const known = names === '' ? 'It has no regions.' : `It has: ${names}.`;
    throw new Error(`${file} has no region "${name}". ${known}`);
  }
  if (twin) throw new Error(`${file}: region "${name}" begins more than once.`);
  if (region.last === undefined) {
    throw new Error(`${file}: region "${name}" has no "#endregion" after it.`);
  }
  return [region.first + 1, region.last - 1];
}

function dedent(lines: string[]): string {
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth).trimEnd()).join('\n');
}
