// iconv-lite, as body-parser and raw-body ask for it, by the browser's own TextDecoder.
import { Buffer } from '../shims/buffer.ts';

function find(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined;
  }
}

export const encodingExists = (encoding: string) => find(encoding) !== undefined;

export function getDecoder(encoding: string) {
  const decoder = find(encoding);
  if (!decoder) throw new Error(`Encoding not recognized: '${encoding}'`);
  return {
    write: (bytes: Uint8Array) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

export const decode = (bytes: Uint8Array, encoding: string) =>
  `${getDecoder(encoding).write(bytes)}`;
export const encode = (text: string) => Buffer.from(text);
