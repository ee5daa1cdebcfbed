/** Reads what a server's worker sends: a reader's code runs there, and may send what it likes. */
import {
  type Fields,
  fieldsOf,
  isBytes,
  isHeader,
  isList,
  isNumber,
  isOneOf,
  isText,
} from './checks.ts';
import type { FromWorker } from './messages.ts';
import type { HttpResponse } from './wire.ts';

/** The largest response or frame, in bytes. */
const MOST = 64 * 1024 * 1024;
/** The longest piece of output, in UTF-16 units. */
const WORDS = 1_000_000;

const isPort = (value: unknown): value is number => isNumber(value) && value < 65_536;

function readResponse(data: unknown): HttpResponse | undefined {
  const { status, statusText, headers, body } = fieldsOf(data);
  if (!isNumber(status) || status < 100 || status > 999) return undefined;
  if (!isText(statusText) || /[\r\n]/.test(statusText)) return undefined;
  if (!isList(headers, 1_000, isHeader) || !isBytes(body, MOST)) return undefined;
  return { status, statusText, headers, body };
}

function readConnection(fields: Fields): FromWorker | undefined {
  const { type, id, bytes } = fields;
  if (!isNumber(id)) return undefined;
  if (type === 'closed' || type === 'refused') return { type, id };
  if (type === 'data') return isBytes(bytes, MOST) ? { type, id, bytes } : { type: 'closed', id };
  const response = type === 'response' ? readResponse(fields['response']) : undefined;
  // Whoever waits for a response that is none hears that the connection is gone.
  return response ? { type: 'response', id, response } : { type: 'closed', id };
}

/** The message, made anew of what was checked; undefined for what the worker's own code does not send. */
export function readFromWorker(data: unknown): FromWorker | undefined {
  const fields = fieldsOf(data);
  const { type, port, stream, text, code, message } = fields;
  if (type === 'pong') return { type };
  if (type === 'ipc') return { type, message };
  if (type === 'listening') return isPort(port) ? { type, port } : undefined;
  if (type === 'exit') return { type, code: typeof code === 'number' ? code : 1 };
  if (type !== 'output') return readConnection(fields);
  return isOneOf(stream, 'stdout', 'stderr') && typeof text === 'string'
    ? { type, stream, text: text.slice(0, WORDS) }
    : undefined;
}
