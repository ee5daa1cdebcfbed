// What went over the wire in one world, in a form in which two worlds can be compared.
import { createHash } from 'node:crypto';
import type { Header, WireEvent } from '../../site/tab/wire.ts';
import type { Names } from './differential-names.ts';
import {
  ignoredAnswers,
  ignoredHeaders,
  ignoredPackets,
  ignoredPaths,
  isClosing,
  isRacing,
  normal,
} from './differential-normal.ts';

type Request = Extract<WireEvent, { kind: 'request' }>;
type Response = Extract<WireEvent, { kind: 'response' }>;

interface Exchange {
  request: Request;
  response?: Response;
  failed?: boolean;
}

/** The requests with their responses, in the order of the requests. */
function exchangesOf(events: WireEvent[]): Map<number, Exchange> {
  const found = new Map<number, Exchange>();
  for (const event of events) {
    const { exchange: number, kind } = event;
    if (kind === 'request') found.set(number, { request: event });
    const exchange = found.get(number);
    if (exchange && kind === 'response') exchange.response = event;
    if (exchange && !exchange.response && (kind === 'blocked' || kind === 'close')) {
      exchange.failed = true;
    }
  }
  return found;
}

/** Requests that have no answer yet. */
export const pending = (events: WireEvent[]): number =>
  [...exchangesOf(events).values()].filter(({ response, failed }) => !response && !failed).length;

const urlOf = ({ request }: Exchange) => new URL(request.url);
const isSocket = (exchange: Exchange) => urlOf(exchange).pathname === '/socket.io/';

function headersOf(kind: 'request' | 'response', headers: Header[], names: Names): string[] {
  const lines: string[] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower in ignoredHeaders[kind]) continue;
    // A Cookie is compared by the names in it: their values are those of the Set-Cookie before.
    const shown = lower === 'cookie' ? value.replace(/=[^;]*/g, '') : normal(value, names);
    lines.push(`${lower}: ${shown}`);
  }
  return lines.sort();
}

/** JSON as it is, long texts by their digest; what is in a polling body, `packetsOf` compares. */
function bodyOf(exchange: Exchange, part: Request | Response | undefined, names: Names): string {
  if (!part || isSocket(exchange)) return '';
  const text = normal(part.body, names);
  if (text.length < 500) return text;
  return `sha256 ${createHash('sha256').update(text).digest('hex')}`;
}

function describe(exchange: Exchange, names: Names) {
  const { request, response } = exchange;
  const { pathname, search } = urlOf(exchange);
  return {
    request: `${request.method} ${normal(pathname + search, names)}`,
    sent: headersOf('request', request.headers, names),
    body: bodyOf(exchange, request, names),
    status: response ? `${response.status} ${response.statusText}` : 'none',
    received: headersOf('response', response?.headers ?? [], names),
    answer: pathname in ignoredAnswers ? '' : bodyOf(exchange, response, names),
  };
}

const sortByText = <T>(items: T[]): T[] =>
  items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);

/** The requests of one step that have nothing to do with Socket.IO; those of a page go out together, in any order. */
export function httpOf(events: WireEvent[], names: Names, step: string) {
  const exchanges = [...exchangesOf(events).values()];
  const compared = exchanges.filter(
    (each) => !isSocket(each) && !(urlOf(each).pathname in ignoredPaths),
  );
  const described = compared.map((each) => describe(each, names));
  for (const each of described) {
    if (!isRacing(step, each.request)) continue;
    each.answer = '';
    each.sent = each.sent.filter((line) => !line.startsWith('cookie:'));
  }
  return sortByText(described);
}

/** The distinct requests of Engine.IO: how often one polls is a matter of timing. */
export function pollingOf(events: WireEvent[], names: Names) {
  const { refused } = sessionsOf(events, names);
  const distinct = new Map<string, ReturnType<typeof describe>>();
  for (const exchange of exchangesOf(events).values()) {
    if (!isSocket(exchange)) continue;
    const described = describe(exchange, names);
    const sid = urlOf(exchange).searchParams.get('sid') ?? '';
    if (isClosing(refused.includes(sid), described.status, described.request)) continue;
    distinct.set(JSON.stringify(described), described);
  }
  return sortByText([...distinct.values()]);
}

/** The packets of each Engine.IO session and direction in order, whatever carried them. */
export const packetsOf = (events: WireEvent[], names: Names) => sessionsOf(events, names).packets;

function sessionsOf(events: WireEvent[], names: Names) {
  const exchanges = exchangesOf(events);
  const sids = new Map<number, string>(); // by exchange: who opens a session has no sid in the URL
  const sessions = new Map<string, { client: string[]; server: string[] }>();
  const add = (number: number, from: 'client' | 'server', text: string) => {
    for (const packet of text.split('\x1e')) {
      if (packet === '' || packet in ignoredPackets) continue;
      if (from === 'server' && packet.startsWith('0{'))
        sids.set(number, JSON.parse(packet.slice(1)).sid);
      const exchange = exchanges.get(number);
      const asked = exchange && urlOf(exchange).searchParams.get('sid');
      const sid = asked ?? sids.get(number) ?? 'none';
      const session = sessions.get(sid) ?? { client: [], server: [] };
      sessions.set(sid, session);
      session[from].push(normal(packet, names));
    }
  };
  for (const event of events) {
    const exchange = exchanges.get(event.exchange);
    if (!exchange || !isSocket(exchange)) continue;
    if (event.kind === 'request') add(event.exchange, 'client', event.body);
    if (event.kind === 'message')
      add(event.exchange, event.from, event.text ?? `${event.bytes} bytes`);
    if (event.kind === 'response' && event.status === 200 && exchange.request.method === 'GET') {
      add(event.exchange, 'server', event.body);
    }
  }
  const isRefused = ({ server }: { server: string[] }) =>
    server.some((packet) => packet.startsWith('44')) &&
    !server.some((packet) => packet.startsWith('40'));
  const refused = [...sessions].filter(([, each]) => isRefused(each)).map(([sid]) => sid);
  return { packets: [...sessions.values()], refused };
}
