/** "Show my changes": what the reader changed in one file of the course, line by line. */
import { element } from './element.ts';

export interface ChangedLine {
  kind: 'added' | 'removed' | 'same';
  /** In the reader's file, from 1: what was removed has none. */
  line?: number;
  text: string;
  /** Set for a file's last line that no line break ends: it may be the whole difference. */
  unended?: true;
}

/** Changes that stand near each other, with three lines around them. */
export type Group = ChangedLine[];

const KINDS = { '+': 'added', '-': 'removed', ' ': 'same' } as const;
const SIGNS = { added: '+', removed: '−', same: '' };

/** The groups of a unified diff; none when the texts are the same. Loads `diff` when first asked. */
export async function changesOf(course: string, mine: string): Promise<Group[]> {
  if (course === mine) return [];
  const { structuredPatch } = await import('diff');
  const { hunks } = structuredPatch('', '', course, mine, '', '', { context: 3 });
  return hunks.map(({ newStart, lines }) => {
    let next = newStart;
    const group: Group = [];
    for (const line of lines) {
      const kind = KINDS[line.charAt(0) as keyof typeof KINDS];
      const text = line.slice(1);
      const last = group.at(-1);
      if (kind === 'removed') group.push({ kind, text });
      else if (kind) group.push({ kind, line: next++, text });
      else if (last) last.unended = true; // "\ No newline at end of file"
    }
    return group;
  });
}

/** One sentence: "You have changed server.ts: 2 lines added, 1 line removed." */
export function summaryOf(file: string, groups: Group[]): string {
  if (groups.length === 0) return 'You have changed nothing.';
  const lines = groups.flat();
  const count = (kind: ChangedLine['kind']) => {
    const number = lines.filter((line) => line.kind === kind).length;
    return `${number} ${number === 1 ? 'line' : 'lines'} ${kind}`;
  };
  return `You have changed ${file}: ${count('added')}, ${count('removed')}.`;
}

/** Puts the changes of `file` into `host`, in place of what is there. */
export async function showChanges(
  host: HTMLElement,
  { file, course, mine }: { file: string; course: string; mine: string },
): Promise<void> {
  const groups = await changesOf(course, mine);
  const root = element('div', 'editing changes not-content');
  const summary = element('p', 'changes-summary', summaryOf(file, groups));
  root.append(summary);
  if (groups.length > 0) root.append(tableOf(file, groups));
  host.replaceChildren(root);
}

function tableOf(file: string, groups: Group[]): HTMLTableElement {
  const table = element('table', 'changes-table');
  table.append(element('caption', 'changes-hidden', `Changes in ${file}`));
  const head = table.createTHead();
  head.className = 'changes-hidden';
  const names = head.insertRow();
  for (const name of ['Line', 'Change', 'Code']) {
    const cell = element('th', undefined, name);
    cell.scope = 'col';
    names.append(cell);
  }
  for (const group of groups) {
    const body = table.createTBody();
    for (const line of group) body.append(rowOf(line));
  }
  return table;
}

function rowOf({ kind, line, text, unended }: ChangedLine): HTMLTableRowElement {
  const row = element('tr', `changes-${kind}`);
  const number = element('td', 'changes-line', line?.toString());
  const sign = element('td', 'changes-sign');
  if (kind !== 'same') {
    const shown = element('span', undefined, SIGNS[kind]);
    shown.setAttribute('aria-hidden', 'true');
    sign.append(shown, element('span', 'changes-hidden', kind));
  }
  const code = element('td', 'changes-code');
  code.append(element('code', undefined, text));
  if (unended) code.append(element('span', 'changes-note', 'no line break at the end'));
  row.append(number, sign, code);
  return row;
}
