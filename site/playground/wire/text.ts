// Items as text: for the clipboard and for the filter.
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
