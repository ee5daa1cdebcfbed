// Reads what a frame sends. A reader's code runs there: nothing it says is taken without a look.
import {
  type Fields,
  fieldsOf,
  isBytes,
  isHeader,
  isList,
  isNumber,
  isOneOf,
  isText,
  isToken,
} from '../checks.ts';
import { mayClose } from './messages.ts';
import { type FetchMessage, type FromFrame, MOST } from './protocol.ts';

const isUrl = (value: unknown, schemes: string[]): value is string =>
  isText(value) && URL.canParse(value) && schemes.includes(new URL(value).protocol);

const isData = (value: unknown): value is string | Uint8Array =>
  isBytes(value, MOST) || (isText(value, MOST) && new TextEncoder().encode(value).length <= MOST);

function readFetch({ id, url, method, headers, body, ...rest }: Fields): FetchMessage | undefined {
  const { mode, credentials, redirect } = rest;
  if (!isNumber(id) || !isUrl(url, ['http:', 'https:']) || !isToken(method)) return undefined;
  if (!isList(headers, 100, isHeader) || !(body === undefined || isBytes(body, MOST)))
    return undefined;
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
  const fields = fieldsOf(data);
  const { type, seq, line } = fields;
  if (type === 'fetch') return readFetch(fields);
  if (type !== 'cookie') return readSocket(fields);
  return isNumber(seq) && isText(line) ? { type, seq, line } : undefined;
}

/** The number of a message that was not understood, so that whoever waits for it hears of its failure. */
export function readId(data: unknown): number | undefined {
  const { id } = fieldsOf(data);
  return isNumber(id) ? id : undefined;
}
