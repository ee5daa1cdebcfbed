// Finds a packet that a lesson names among the items of a trace.
import type { Item } from './item.ts';
import { startOf } from './text.ts';

const HEADER = /^[\w-]+(?=: )/;

/** What an item is looked for by. Items stay as they are, and a trace is asked for many packets, often. */
const known = new WeakMap<Item, string[]>();

/**
 * The index of the last item that has a text in it: a packet, a request or status line, a body, a header line, as
 * sent; -1 where none has. `…` in the text stands for anything. Where nothing has it exactly, so do tokens, tickets
 * and session ids. The `t` with which a client keeps caches away counts for nothing, nor does the case of a header's name.
 */
export function findLast(items: Item[], text: string): number {
  const wanted = normal(text.trim());
  if (wanted === '') return -1;
  const exact = items.findLastIndex((item) => linesOf(item).includes(wanted));
  if (exact >= 0) return exact;
  const loose = loosen(wanted);
  if (loose.replaceAll('…', '').length < 2) return -1; // any text would do
  const pattern = loose.split('…');
  return items.findLastIndex((item) => linesOf(item).some((line) => fits(line, pattern)));
}

function linesOf(item: Item): string[] {
  const found = known.get(item);
  if (found) return found;
  const { raw, event } = item;
  const isHttp = event.kind === 'request' || event.kind === 'response';
  const head = isHttp
    ? [startOf(event), ...event.headers.map(([name, value]) => `${name}: ${value}`)]
    : [];
  const lines = [...raw, ...head].map(normal);
  known.set(item, lines);
  return lines;
}

const normal = (line: string): string =>
  line.replace(HEADER, (name) => name.toLowerCase()).replace(/^((?:GET|POST) .*)&t=[^&\s]*/, '$1');

/** Lessons show recorded runs and shorten them: a token, a ticket and a session's id stand for any other. */
function loosen(text: string): string {
  return text
    .replace(/eyJ[\w.…-]*/g, '…')
    .replace(/("sid":")[\w-]{20}"/g, '$1…"')
    .replace(/([?&]sid=)[\w-]{20}/g, '$1…')
    .replace(/\b(ticket(?:=|":"))[\w-]{43}/g, '$1…');
}

function fits(line: string, pattern: string[]): boolean {
  const [first = '', ...rest] = pattern;
  const last = rest.pop();
  if (last === undefined) return line === first;
  if (!line.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = line.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return line.length - last.length >= at && line.endsWith(last);
}
