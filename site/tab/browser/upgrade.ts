// The opening handshake as a client: what it sends, and what the answer must say (RFC 6455 section 4.1).
import { sha1 } from '@noble/hashes/legacy.js';
import type { Header, HttpResponse } from '../wire.ts';
import { getAll, getHeader, listOf } from './headers.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** 16 random bytes, new for each handshake. */
const makeKey = (): string => toBase64(crypto.getRandomValues(new Uint8Array(16)));

/** What proves that the server understood the key, rather than echoed it (section 4.2.2). */
export const acceptOf = (key: string): string =>
  toBase64(sha1(new TextEncoder().encode(key + GUID)));

/** Why an answer opens no connection, or undefined where it does. */
function checkUpgrade(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  key: string,
  protocols: string[],
): string | undefined {
  if (status !== 101) return `the handshake was answered with ${status}, not with 101`;
  if (getHeader(headers, 'upgrade')?.toLowerCase() !== 'websocket') {
    return 'the answer has no "Upgrade: websocket"';
  }
  if (!listOf(getHeader(headers, 'connection')).includes('upgrade')) {
    return 'the answer has no "Connection: Upgrade"';
  }
  if (getHeader(headers, 'sec-websocket-accept') !== acceptOf(key)) {
    return 'its Sec-WebSocket-Accept does not match the key';
  }
  const extensions = getHeader(headers, 'sec-websocket-extensions');
  if (extensions) return `it uses extensions that nobody offered: ${extensions}`;
  const chosen = getAll(headers, 'sec-websocket-protocol');
  if (chosen.length > 1) return 'it chose more than one subprotocol';
  const [protocol] = chosen;
  if (protocol === undefined) {
    // RFC 6455 lets a server choose none; the WebSockets standard, and so every browser, does not.
    return protocols.length ? 'it chose none of the subprotocols' : undefined;
  }
  return protocols.includes(protocol) ? undefined : `nobody asked for the subprotocol ${protocol}`;
}

/** Reads the head of an HTTP/1.1 answer (RFC 9112 section 2), with what follows it as the body; undefined until it is whole. */
function readHead(bytes: Uint8Array): HttpResponse | undefined {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0 && bytes.length <= 65_536) return undefined;
  if (end < 0) throw new Error('the head of the answer is over 64 kB');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const [, status, statusText = ''] = /^HTTP\/1\.1 (\d{3})(?: (.*))?$/.exec(first) ?? [];
  if (!status) throw new Error(`"${first}" begins no HTTP/1.1 answer`);
  const headers = lines.map((line): Header => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  return { status: Number(status), statusText, headers, body: bytes.slice(end + 4) };
}

interface Answered {
  answer: HttpResponse;
  /** Why it opens no connection, if so. */
  why: string | undefined;
  /** The bytes after it. */
  rest: Uint8Array;
  /** The subprotocol, '' without one. */
  protocol: string;
}

/** One handshake: the headers to send, and the answer as it comes, with the body of one that refuses. */
export class Handshake {
  readonly headers: Header[];
  #key = makeKey();
  #protocols: string[];
  #bytes = new Uint8Array();

  /** No extensions are offered: there is no compression in the tab. */
  constructor(protocols: string[]) {
    this.#protocols = protocols;
    this.headers = [
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', this.#key],
    ];
    if (protocols.length) this.headers.push(['Sec-WebSocket-Protocol', protocols.join(', ')]);
  }

  /** The answer, once it is whole. */
  push(chunk: Uint8Array): Answered | undefined {
    this.#bytes = Uint8Array.from([...this.#bytes, ...chunk]);
    const head = readHead(this.#bytes);
    if (!head) return undefined;
    const { status, headers, body: rest } = head;
    const length = status === 101 ? 0 : Number(getHeader(headers, 'content-length') ?? 0);
    if (rest.length < length) return undefined;
    const answer = { ...head, body: rest.slice(0, length) };
    const why = checkUpgrade(answer, this.#key, this.#protocols);
    return { answer, why, rest, protocol: getHeader(headers, 'sec-websocket-protocol') ?? '' };
  }
}
