// node:buffer: the package `buffer`, with base64url, which it lacks.
import { Buffer as Base, kMaxLength } from 'buffer/';

type Encoding = Parameters<Buffer['toString']>[0];
const url = 'base64url';
const { from, isEncoding, byteLength } = Base;
const { toString: show, write } = Base.prototype;

const unwrapped = (text: string) => text.replace(/-/g, '+').replace(/_/g, '/');

Object.assign(Base, {
  from: (value: unknown, encoding?: unknown, length?: unknown) =>
    encoding === url
      ? Reflect.apply(from, Base, [unwrapped(String(value)), 'base64'])
      : Reflect.apply(from, Base, [value, encoding, length]),
  isEncoding: (encoding: string) => encoding === url || isEncoding(encoding),
  byteLength: (value: unknown, encoding?: string) =>
    Reflect.apply(byteLength, Base, [value, encoding === url ? 'base64' : encoding]),
});
Object.assign(Base.prototype, {
  toString(this: Buffer, encoding?: Encoding, start?: number, end?: number): string {
    if (encoding !== url) return show.call(this, encoding, start, end);
    const text = show.call(this, 'base64', start, end);
    return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  },
  write(this: Buffer, text: string, ...rest: unknown[]): number {
    const plain = rest.map((each) => (each === url ? 'base64' : each));
    return Reflect.apply(write, this, [rest.includes(url) ? unwrapped(text) : text, ...plain]);
  },
});

export const Buffer = Base;
export type Buffer = globalThis.Buffer;
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 2 ** 29 - 24 };
export { kMaxLength };
export const { atob, btoa, Blob } = globalThis;

/** Whether the bytes are UTF-8: ws asks for each text message. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
