// node:fs over the files of this run: they can be read, and nothing can be written.
import { Buffer } from './buffer.ts';
import { absolute, files } from './files.ts';
import { Readable } from './stream.cjs';

type Encoding = string | { encoding?: string | null } | null | undefined;

function fail(path: string, call: string): Error {
  const error = new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
  return Object.assign(error, { code: 'ENOENT', errno: -2, syscall: call, path });
}

function read(path: string | URL, call: string): string {
  const text = files.get(absolute(path));
  if (text === undefined) throw fail(String(path), call);
  return text;
}

export function readFileSync(path: string | URL, options?: Encoding): string | Buffer {
  const encoding = typeof options === 'string' ? options : options?.encoding;
  const text = read(path, 'open');
  return encoding ? text : Buffer.from(text);
}

export const existsSync = (path: string | URL) => files.has(absolute(path)) || isFolder(path);

function isFolder(path: string | URL): boolean {
  const folder = `${absolute(path).replace(/\/$/, '')}/`;
  return [...files.keys()].some((file) => file.startsWith(folder));
}

export function statSync(path: string | URL, { throwIfNoEntry = true } = {}) {
  const text = files.get(absolute(path));
  const folder = text === undefined && isFolder(path);
  if (text === undefined && !folder) {
    if (throwIfNoEntry) throw fail(String(path), 'stat');
    return undefined;
  }
  const mtime = new Date(0);
  return {
    ...{ size: Buffer.byteLength(text ?? ''), mtime, mtimeMs: 0, ctime: mtime },
    ...{ isFile: () => !folder, isDirectory: () => folder },
  };
}

export function stat(path: string, done: (error: unknown, found?: unknown) => void): void {
  queueMicrotask(() => {
    try {
      done(null, statSync(path));
    } catch (error) {
      done(error);
    }
  });
}

export function readFile(path: string, ...rest: unknown[]): void {
  const done = rest.at(-1) as (error: unknown, text?: string | Buffer) => void;
  queueMicrotask(() => {
    try {
      done(null, readFileSync(path, rest.length > 1 ? (rest[0] as Encoding) : undefined));
    } catch (error) {
      done(error);
    }
  });
}

export function createReadStream(path: string): Readable {
  const stream = new Readable({ read() {} });
  queueMicrotask(() => {
    try {
      stream.push(readFileSync(path));
      stream.push(null);
    } catch (error) {
      stream.destroy(error as Error);
    }
  });
  return stream;
}

export const promises = {
  readFile: async (path: string, options?: Encoding) => readFileSync(path, options),
  stat: async (path: string) => statSync(path),
};
/** What `instanceof` asks for; a file is not such a stream here. */
export class ReadStream extends Readable {}
