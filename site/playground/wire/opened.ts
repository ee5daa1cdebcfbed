// What an item shows once it is opened: headers, body, packets, tokens.
import type { Header, WireEvent } from '../../tab/wire.ts';
import { type Place, placesOf } from './carried.ts';
import { carrier, el } from './dom.ts';
import type { Item } from './item.ts';
import { type OpenedJwt, openJwts } from './jwt.ts';
import type { Packet } from './packets.ts';
import { startOf } from './text.ts';
import { pretty } from './words.ts';

const SEPARATOR = '\x1e';
const PACKETS = 50;
const LONG = 2000;
const COOKIES = ['cookie', 'set-cookie'];
const MARKED = [...COOKIES, 'origin', 'authorization'];

/** `now` in ms: what `exp` is measured by. */
export function opened(item: Item, now: number): HTMLElement {
  const { event, packets, facts, raw } = item;
  const parts: HTMLElement[] = [];
  if (event.kind === 'request' || event.kind === 'response') {
    parts.push(head(event));
    const where = event.kind === 'request' ? 'In the URL' : "In the request's URL";
    if (facts.length) parts.push(part(where, list(facts, 'short')));
    if (event.body) parts.push(part('Body, as sent', box(event.body, 'Body')));
  } else if (raw[0] !== undefined) {
    parts.push(part('As sent', box(raw[0], 'Packet')));
  } else {
    parts.push(el('p', '', 'Binary: its bytes are not kept here.'));
  }
  parts.push(...packets.slice(0, PACKETS).map((each) => part(each.name, packet(each))));
  const more = packets.length - PACKETS;
  if (more > 0) parts.push(el('p', '', `And ${more} packets more, in the body above.`));
  parts.push(...placesOf(event).flatMap((place) => tokens(place, now)));
  return el('div', 'wire-opened', ...parts);
}

function part(title: string, ...children: Node[]): HTMLElement {
  return el('section', '', el('p', 'wire-title', title), ...children);
}

function head(event: Extract<WireEvent, { kind: 'request' | 'response' }>): HTMLElement {
  const fields = el('dl', 'wire-fields');
  for (const header of event.headers) fields.append(field(header));
  return part('Headers', el('pre', '', startOf(event)), ...(event.headers.length ? [fields] : []));
}

/** Cookies carry their sign; Origin and Authorization stand out. */
function field([name, value]: Header): HTMLElement {
  const lower = name.toLowerCase();
  const term = el('dt', '', name);
  if (COOKIES.includes(lower)) term.append(' ', carrier('cookie'));
  return el('div', MARKED.includes(lower) ? 'marked' : '', term, el('dd', '', value));
}

function list(rows: [string, string][], kind: 'short' | 'long'): HTMLElement {
  const fields = rows.map(([label, value]) =>
    el('div', '', el('dt', '', label), el('dd', '', value)),
  );
  return el('dl', `wire-fields ${kind}`, ...fields);
}

function packet({ engine, socket, namespace, ackId, event, data, fault }: Packet): HTMLElement {
  const said: [string, string | undefined][] = [
    ['not read', fault],
    ['Engine.IO', engine],
    ['Socket.IO', socket],
    ['namespace', namespace],
    ['event', event],
    ['ack id', ackId === undefined ? undefined : String(ackId)],
  ];
  const rows = said.flatMap(([label, value]): [string, string][] =>
    value === undefined ? [] : [[label, value]],
  );
  const payload = data === undefined ? [] : [box(pretty(data), 'Payload')];
  return el('div', '', list(rows, 'short'), ...payload);
}

function tokens([where, text]: Place, now: number): HTMLElement[] {
  return openJwts(text, now).map((jwt) => part(`JWT ${where}`, token(jwt)));
}

function token({ header, claims, text, signature, times, caution }: OpenedJwt): HTMLElement {
  const rows: [string, string][] = [
    ['header', pretty(header)],
    claims ? ['claims', pretty(claims)] : ['claims, not JSON', text ?? ''],
    ['signature', signature || 'none'],
  ];
  const words = times.length ? [el('p', 'wire-times', `${times.join('; ')}.`)] : [];
  return el('div', '', ...words, list(rows, 'long'), el('p', 'wire-caution', caution));
}

/** Text as sent, the separator between packets made visible. A long one scrolls inside itself. */
function box(text: string, label: string): HTMLElement {
  const pre = el('pre', '');
  const pieces = text.split(SEPARATOR);
  const rest = pieces.splice(PACKETS).map((piece) => SEPARATOR + piece);
  for (const [n, piece] of pieces.entries()) {
    if (n > 0) pre.append(el('span', 'wire-separator', SEPARATOR));
    pre.append(piece);
  }
  pre.append(rest.join(''));
  if (text.length > LONG) {
    pre.tabIndex = 0;
    pre.role = 'group';
    pre.ariaLabel = label;
    pre.classList.add('long');
  }
  return pre;
}
