/** "Show my changes" and its like: the lines that differ, as a table. Loaded when first asked for. */
import { adopt } from '../adopt.ts';
import css from './changes.css?inline';
import { type ChangedLine, changesOf, type Group, summaryOf } from './changes.ts';
import { element } from './element.ts';

adopt(css);

const SIGNS = { added: '+', removed: '−', same: '' };

export interface Shown {
  file: string;
  from: string;
  to: string;
  /** Instead of "You have changed FILE", before the number of lines. */
  words?: string;
}

/** Puts the changes of `file` into `host`, in place of what is there. */
export async function showChanges(host: HTMLElement, shown: Shown): Promise<void> {
  const { file, from, to, words } = shown;
  const groups = await changesOf(from, to);
  const root = element('div', 'editing changes not-content');
  const summary = element('p', 'changes-summary', summaryOf(file, groups, words));
  root.append(summary);
  if (groups.length > 0) root.append(tableOf(file, groups));
  host.replaceChildren(root);
}

function tableOf(file: string, groups: Group[]): HTMLTableElement {
  const table = element('table', 'changes-table');
  table.append(element('caption', 'sr-only', `Changes in ${file}`));
  const head = table.createTHead();
  head.className = 'sr-only';
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
    sign.append(shown, element('span', 'sr-only', kind));
  }
  const code = element('td', 'changes-code');
  code.append(element('code', undefined, text));
  if (unended) code.append(element('span', 'changes-note', 'no line break at the end'));
  row.append(number, sign, code);
  return row;
}
