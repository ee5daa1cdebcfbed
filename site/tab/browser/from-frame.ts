// Reads what a frame sends. A reader's code runs there: nothing it says is taken without a look.
import type { Header } from '../wire.ts';
import { mayClose } from './messages.ts';
import { type FetchMessage, type FromFrame, MOST } from './protocol.ts';

/** The longest URL, cookie line or header, in UTF-16 units. */
const LONG = 65_536;
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

type Fields = Record<string, unknown>;

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

const isText = (value: unknown, most = LONG): value is string =>
  typeof value === 'string' && value.length <= most;

const isToken = (value: unknown): value is string => isText(value, 200) && TOKEN.test(value);

const isUrl = (value: unknown, schemes: string[]): value is string =>
  isText(value) && URL.canParse(value) && schemes.includes(new URL(value).protocol);

const isOneOf = <T extends string>(value: unknown, ...words: T[]): value is T =>
  words.some((word) => word === value);

const isBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array && value.byteLength <= MOST;

const isList = <T>(value: unknown, most: number, is: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.length <= most && value.every(is);

/** A header that can break out of its line is none (RFC 9110 section 5.5). */
const isHeader = (value: unknown): value is Header => {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [name, text]: unknown[] = value;
  return isToken(name) && isText(text) && /^[^\0\r\n\u0100-\uffff]*$/.test(text);
};

const isData = (value: unknown): value is string | Uint8Array =>
  isBytes(value) || (isText(value, MOST) && new TextEncoder().encode(value).length <= MOST);

function readFetch({ id, url, method, headers, body, ...rest }: Fields): FetchMessage | undefined {
  const { mode, credentials, redirect } = rest;
  if (!isNumber(id) || !isUrl(url, ['http:', 'https:']) || !isToken(method)) return undefined;
  if (!isList(headers, 100, isHeader) || !(body === undefined || isBytes(body))) return undefined;
  if (!isOneOf(mode, 'cors', 'no-cors', 'same-origin')) return undefined;
  if (!isOneOf(credentials, 'omit', 'same-origin', 'include')) return undefined;
  if (!isOneOf(redirect, 'follow', 'error', 'manual')) return undefined;
  const request = { id, url, method, headers, mode, credentials, redirect };
  return { type: 'fetch', ...request, ...(body && { body }) };
}

function readSocket({ type, id, ...rest }: Fields): FromFrame | undefined {
  if (!isNumber(id)) return undefined;
  const { url, protocols, data, code, reason } = rest;
  if (type === 'abort') return { type, id };
  if (type === 'open' && isUrl(url, ['ws:', 'wss:']) && isList(protocols, 20, isToken)) {
    return { type, id, url, protocols };
  }
  if (type === 'send' && isData(data)) return { type, id, data };
  if (type !== 'close' || !isText(reason, 123)) return undefined;
  if (code === undefined) return { type, id, reason: '' };
  return isNumber(code) && mayClose(code, reason) ? { type, id, code, reason } : undefined;
}

/** The message, made anew of what was checked; undefined for anything that the frame's own client does not send. */
export function readFromFrame(data: unknown): FromFrame | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields: Fields = { ...data };
  const { type, seq, line } = fields;
  if (type === 'fetch') return readFetch(fields);
  if (type !== 'cookie') return readSocket(fields);
  return isNumber(seq) && isText(line) ? { type, seq, line } : undefined;
}

/** The number of a message that was not understood, so that whoever waits for it hears of its failure. */
export function readId(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('id' in data)) return undefined;
  return isNumber(data.id) ? data.id : undefined;
}
