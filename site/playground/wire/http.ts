// Requests and responses, with the Engine.IO payload of those to Socket.IO.
import type { WireEvent } from '../../tab/wire.ts';
import type { Exchange, Item, Topic } from './item.ts';
import { isBeat, type Packet, readBody } from './packets.ts';
import { addressOf, isSocketIo, targetOf } from './url.ts';

type Request = Extract<WireEvent, { kind: 'request' }>;
type Response = Extract<WireEvent, { kind: 'response' }>;

const NAMED = 3;
const FEW = 300;

export function readRequest(event: Request): Item {
  const { method, url, headers, body } = event;
  const address = addressOf(url);
  const ours = address !== undefined && isSocketIo(address);
  const packets = ours && method === 'POST' ? readBody(body) : [];
  const line = `${method} ${targetOf(url)}`;
  return {
    ...{ event, from: 'browser', packets, carriers: [] },
    name: nameRequest(event, ours ? address : undefined, packets),
    raw: [line, ...(packets.length ? packets.map(({ raw }) => raw) : body ? [body] : [])],
    facts: ours ? factsOf(address) : [],
    topics: topicsOf(packets, headers, 'cookie'),
    beat: packets.length > 0 && packets.every(isBeat),
  };
}

export function readResponse(event: Response, exchange: Exchange | undefined): Item {
  const { status, statusText, headers, body } = event;
  const { url, method, request } = exchange ?? {};
  const ours = url !== undefined && isSocketIo(url);
  const packets = ours && status === 200 && method === 'GET' ? readBody(body) : [];
  const refused = packets.some(({ socket }) => socket === 'CONNECT_ERROR');
  const connected = packets.some(({ socket }) => socket === 'CONNECT');
  const denied = status === 401 || status === 403 || (ours && status >= 400);
  const pings = packets.length > 0 && packets.every(isBeat);
  const pongs = method === 'POST' && request?.beat === true && status === 200;
  const heading = `${status} ${statusText}`.trim();
  return {
    ...{ event, from: 'server', packets, carriers: [] },
    name: packets.length ? `${heading}: ${namesOf(packets)}` : heading,
    raw: packets.length ? packets.map(({ raw }) => raw) : excerpt(headers, body),
    facts: ours ? factsOf(url) : [],
    topics: topicsOf(packets, headers, 'set-cookie'),
    beat: pings || pongs,
    ...(refused || denied ? { verdict: 'refused' } : connected ? { verdict: 'connected' } : {}),
    ...(request ? { answers: request } : {}),
  };
}

function nameRequest(
  { method, headers }: Request,
  ours: URL | undefined,
  packets: Packet[],
): string {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  if (method === 'OPTIONS' && has('access-control-request-method')) return 'preflight';
  if (!ours) return has('upgrade') ? 'WebSocket handshake' : 'request';
  const hasSid = ours.searchParams.has('sid');
  if (ours.searchParams.get('transport') === 'websocket' || has('upgrade')) {
    return hasSid ? 'upgrade to WebSocket' : 'WebSocket, opens';
  }
  if (packets.length) return `polling, sends: ${namesOf(packets)}`;
  return hasSid ? 'polling, waits' : 'polling, opens';
}

function namesOf(packets: Packet[]): string {
  const names = packets.slice(0, NAMED).map(({ name }) => name);
  const more = packets.length - names.length;
  return more > 0 ? `${names.join('; ')} and ${more} more` : names.join('; ');
}

/** What the query of an Engine.IO request says. */
function factsOf({ searchParams }: URL): [string, string][] {
  const labels: Record<string, string> = {
    ...{ transport: 'transport', sid: 'Engine.IO session (sid)', EIO: 'Engine.IO protocol' },
  };
  return Object.entries(labels).flatMap(([key, label]) => {
    const value = searchParams.get(key);
    return value === null ? [] : [[label, value] satisfies [string, string]];
  });
}

/** Data and short texts stand on the line; a page or a script only once it is opened. */
function excerpt(headers: Response['headers'], body: string): string[] {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return body && (body.length <= FEW || /json/i.test(type)) ? [body] : [];
}

function topicsOf(packets: Packet[], headers: Request['headers'], field: string): Topic[] {
  const cookies = headers.some(([name]) => name.toLowerCase() === field);
  return [
    'http',
    ...(packets.length ? ['packets'] : []),
    ...(cookies ? ['cookies'] : []),
  ] as Topic[];
}
