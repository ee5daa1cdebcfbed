// Items as text: for the clipboard, for the filter, and for finding a packet of a lesson.
import type { WireEvent } from '../../tab/wire.ts';
import type { Item } from './item.ts';
import { targetOf } from './url.ts';
import { clock } from './words.ts';

/** An item in full: time, browser, direction and name, and below them what was sent. */
export function textOf({ event, from, name, words, raw }: Item): string {
  const way = from === 'browser' ? 'browser → server.ts' : 'server.ts → browser';
  const said = words === undefined ? `${way}  ${name}` : `${name}: ${words}`;
  const head = `${clock(event.at)}  ${event.browser}  ${said}`;
  const body =
    event.kind === 'request' || event.kind === 'response' ? httpOf(event) : raw.join('\n');
  return body ? `${head}\n${body}\n` : `${head}\n`;
}

/** Request or status line and headers, as HTTP/1.1 writes them, and the body. */
function httpOf(event: Extract<WireEvent, { kind: 'request' | 'response' }>): string {
  const lines = [startOf(event), ...event.headers.map(([name, value]) => `${name}: ${value}`)];
  return event.body ? `${lines.join('\n')}\n\n${event.body}` : lines.join('\n');
}

/** The first line of a request or a response. */
export function startOf(event: Extract<WireEvent, { kind: 'request' | 'response' }>): string {
  if (event.kind === 'request') return `${event.method} ${targetOf(event.url)} HTTP/1.1`;
  return `HTTP/1.1 ${event.status} ${event.statusText}`.trim();
}

/** The index of the last item that has a text in it, as sent or as a header line; -1 where none has. */
export function findLast(items: Item[], text: string): number {
  const wanted = text.trim();
  if (wanted === '') return -1;
  const exact = items.findLastIndex((item) => linesOf(item).includes(wanted));
  if (exact >= 0) return exact;
  const loose = loosen(wanted);
  if (loose.replaceAll('…', '').length < 2) return -1; // any text would do
  const pattern = loose.split('…');
  return items.findLastIndex((item) => linesOf(item).some((line) => fits(line, pattern)));
}

function linesOf({ raw, event }: Item): string[] {
  const isHttp = event.kind === 'request' || event.kind === 'response';
  const headers = isHttp ? event.headers.map(([name, value]) => `${name}: ${value}`) : [];
  return [...raw, ...headers];
}

/** Lessons show recorded runs and shorten them: `…`, a token and a session's id stand for any text. */
function loosen(text: string): string {
  return text
    .replace(/eyJ[\w.…-]*/g, '…')
    .replace(/("sid":")[\w-]{20}"/g, '$1…"')
    .replace(/([?&]sid=)[\w-]{20}/g, '$1…');
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
