// http.IncomingMessage: a request as the handler reads it.
import type { HttpRequest } from '../wire.ts';
import { Buffer } from './buffer.ts';
import type { Socket } from './net.ts';
import { Readable } from './stream.cjs';

// Of these the first counts; of others a list is made (Node's documentation, message.headers).
const single = new Set(
  `age authorization content-length content-type etag expires from host if-modified-since
  if-unmodified-since last-modified location max-forwards proxy-authorization referer retry-after
  server user-agent`.split(/\s+/),
);

export class IncomingMessage extends Readable {
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly httpVersionMinor = 1;
  readonly headers: Record<string, string | string[]> = {};
  readonly rawHeaders: string[] = [];
  readonly trailers = {};
  method = 'GET';
  url = '/';
  complete = false;
  aborted = false;
  upgrade = false;
  socket: Socket;

  constructor(socket: Socket, request?: HttpRequest) {
    super({ autoDestroy: false, highWaterMark: 16_384 });
    this.socket = socket;
    if (!request) return;
    this.method = request.method;
    this.url = request.target;
    for (const [name, value] of request.headers) this.add(name, value);
  }

  get connection(): Socket {
    return this.socket;
  }

  private add(name: string, value: string): void {
    this.rawHeaders.push(name, value);
    const key = name.toLowerCase();
    const before = this.headers[key];
    if (before === undefined) this.headers[key] = key === 'set-cookie' ? [value] : value;
    else if (Array.isArray(before)) before.push(value);
    else if (!single.has(key))
      this.headers[key] = `${before}${key === 'cookie' ? '; ' : ', '}${value}`;
  }

  /** The body, at once: it has come whole. */
  start(body?: Uint8Array): void {
    if (body && body.length > 0) this.push(Buffer.from(body));
    this.push(null);
    this.complete = true;
  }

  override _read(): void {}
  setTimeout(): this {
    return this;
  }
}
