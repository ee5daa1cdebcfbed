// What an XMLHttpRequest sends and gives (XMLHttpRequest standard, "send" and "response").
import type { BrowserResponse } from '../fetch-types.ts';
import { getHeader } from '../headers.ts';

interface Body {
  body?: Uint8Array;
  /** The content type for a request that names none. */
  type?: string;
  /** Where the bytes must be waited for: a Blob, a FormData. */
  wait?: Promise<Uint8Array>;
}

/** Bytes and type of what was given to `send`. */
export function bodyOf(given: unknown): Body {
  if (given === null || given === undefined) return {};
  if (given instanceof ArrayBuffer) return { body: new Uint8Array(given.slice(0)) };
  if (ArrayBuffer.isView(given)) {
    const { buffer, byteOffset, byteLength } = given;
    return { body: new Uint8Array(buffer, byteOffset, byteLength).slice() };
  }
  if (given instanceof Blob || given instanceof FormData || given instanceof URLSearchParams) {
    const response = new Response(given);
    const type = response.headers.get('content-type');
    const wait = response.arrayBuffer().then((buffer) => new Uint8Array(buffer));
    return { wait, ...(type ? { type } : {}) };
  }
  return { body: new TextEncoder().encode(String(given)), type: 'text/plain;charset=UTF-8' };
}

/** The body as `responseType` wants it. JSON that is none is null. */
export function readAs(type: string, { body, headers }: BrowserResponse): unknown {
  if (type === 'arraybuffer') return new Uint8Array(body).buffer;
  if (type === 'blob') {
    return new Blob([new Uint8Array(body)], { type: getHeader(headers, 'content-type') ?? '' });
  }
  const text = new TextDecoder().decode(body);
  if (type !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
