/** Looks at what comes out of a frame or a worker, where a reader's code runs, before it is taken for anything. */
import type { Header } from './wire.ts';

/** The longest URL, cookie line or header, in UTF-16 units. */
const LONG = 65_536;
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

export type Fields = Record<string, unknown>;

/** A message's own fields; none when it is no object. */
export const fieldsOf = (data: unknown): Fields =>
  typeof data === 'object' && data !== null ? { ...data } : {};

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

export const isText = (value: unknown, most = LONG): value is string =>
  typeof value === 'string' && value.length <= most;

/** A name as HTTP writes it (RFC 9110 section 5.6.2). */
export const isToken = (value: unknown): value is string => isText(value, 200) && TOKEN.test(value);

export const isOneOf = <T extends string>(value: unknown, ...words: T[]): value is T =>
  words.some((word) => word === value);

/** `most` in bytes. */
export const isBytes = (value: unknown, most: number): value is Uint8Array =>
  value instanceof Uint8Array && value.byteLength <= most;

export const isList = <T>(
  value: unknown,
  most: number,
  is: (item: unknown) => item is T,
): value is T[] => Array.isArray(value) && value.length <= most && value.every(is);

/** A header that can break out of its line is none (RFC 9110 section 5.5). */
export const isHeader = (value: unknown): value is Header => {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [name, text]: unknown[] = value;
  return isToken(name) && isText(text) && /^[^\0\r\n\u0100-\uffff]*$/.test(text);
};
