// http.ServerResponse: collects a response and sends it whole at its end.
import type { Header, HttpResponse } from '../wire.ts';
import { Buffer } from './buffer.ts';
import type { IncomingMessage } from './http-request.ts';
import { STATUS_CODES } from './http-words.ts';
import type { Socket } from './net.ts';
import { Writable } from './stream.cjs';

type Value = string | number | readonly string[];
type Fields = Record<string, Value> | readonly unknown[];

const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/; // RFC 9110, section 5.6.2
const wrong = /[^\t\x20-\x7e\x80-\xff]/;

function codeError(code: string, message: string): Error {
  return Object.assign(new TypeError(message), { code });
}

export class OutgoingMessage extends Writable {
  statusCode = 200;
  statusMessage: string | undefined;
  sendDate = true;
  finished = false;
  /** The head as text once it has been written, as in Node: some packages look. */
  _header: string | null = null;
  socket: Socket | null = null;
  protected readonly fields = new Map<string, { name: string; value: Value }>();

  get headersSent(): boolean {
    return this._header !== null;
  }
  get connection(): Socket | null {
    return this.socket;
  }
  setHeader(name: string, value: Value): this {
    if (this.headersSent) {
      throw codeError(
        'ERR_HTTP_HEADERS_SENT',
        'Cannot set headers after they are sent to the client',
      );
    }
    if (!token.test(name)) {
      throw codeError(
        'ERR_INVALID_HTTP_TOKEN',
        `Header name must be a valid HTTP token ["${name}"]`,
      );
    }
    for (const each of [value].flat()) {
      if (each === undefined) {
        throw codeError(
          'ERR_HTTP_INVALID_HEADER_VALUE',
          `Invalid value "undefined" for header "${name}"`,
        );
      }
      if (wrong.test(String(each))) {
        throw codeError('ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
      }
    }
    this.fields.set(name.toLowerCase(), { name, value });
    return this;
  }
  appendHeader(name: string, value: Value): this {
    const before = this.getHeader(name);
    const values = [before ?? [], value].flat().map(String);
    return this.setHeader(name, before === undefined ? value : values);
  }
  setHeaders(headers: Headers | Map<string, string>): this {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  getHeader(name: string): Value | undefined {
    return this.fields.get(name.toLowerCase())?.value;
  }
  getHeaders(): Record<string, Value> {
    return Object.fromEntries([...this.fields].map(([key, { value }]) => [key, value]));
  }
  getHeaderNames(): string[] {
    return [...this.fields.keys()];
  }
  hasHeader(name: string): boolean {
    return this.fields.has(name.toLowerCase());
  }
  removeHeader(name: string): void {
    this.fields.delete(name.toLowerCase());
  }
  flushHeaders(): void {}
  setTimeout(): this {
    return this;
  }
}

export class ServerResponse extends OutgoingMessage {
  readonly req: IncomingMessage;
  private readonly chunks: Buffer[] = [];
  private readonly respond: (response: HttpResponse) => void;
  private streamed = false;

  constructor(req: IncomingMessage, respond: (response: HttpResponse) => void = () => {}) {
    super({ autoDestroy: false });
    this.req = req;
    this.socket = req.socket;
    this.respond = respond;
    this.socket?.once('close', () => {
      if (!this.finished) this.emit('close');
    });
  }

  writeHead(status: number, ...rest: unknown[]): this {
    if (this.headersSent) {
      throw codeError(
        'ERR_HTTP_HEADERS_SENT',
        'Cannot write headers after they are sent to the client',
      );
    }
    this.statusCode = status;
    const [text] = rest;
    if (typeof text === 'string') this.statusMessage = text;
    const fields = rest.at(-1);
    if (typeof fields === 'object' && fields) {
      for (const [name, value] of pairs(fields as Fields)) this.setHeader(name, value);
    }
    this.statusMessage ||= STATUS_CODES[status] ?? 'unknown';
    this._header = `HTTP/1.1 ${status} ${this.statusMessage}\r\n`;
    return this;
  }
  writeContinue(): void {}
  /** Packages replace `writeHead` to hear of the head: so it is called where Node calls it. */
  _implicitHeader(): void {
    this.writeHead(this.statusCode);
  }

  override write(...args: unknown[]): boolean {
    if (!this._header) this._implicitHeader();
    this.streamed = true;
    return Reflect.apply(super.write, this, args);
  }
  override end(...args: unknown[]): this {
    if (this.finished) return this;
    const [chunk, encoding] = args;
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
      if (!this._header && !this.streamed && !this.bodiless()) {
        const known = typeof encoding === 'string' ? (encoding as BufferEncoding) : undefined;
        const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, known) : chunk.length;
        if (!this.hasHeader('Content-Length'))
          this.fields.set('content-length', { name: 'Content-Length', value: length });
      }
    } else if (!this._header && !this.bodiless() && !this.hasHeader('Content-Length')) {
      this.fields.set('content-length', { name: 'Content-Length', value: 0 });
    }
    if (!this._header) this._implicitHeader();
    this.finished = true;
    return Reflect.apply(super.end, this, args);
  }
  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
  override _final(done: () => void): void {
    done();
    queueMicrotask(() => {
      const body =
        this.bodiless() || this.req.method === 'HEAD'
          ? Buffer.alloc(0)
          : Buffer.concat(this.chunks);
      this.respond({
        status: this.statusCode,
        statusText: this.statusMessage ?? '',
        headers: this.list(),
        body,
      });
      this.emit('close');
    });
  }

  private bodiless(): boolean {
    return this.statusCode === 204 || this.statusCode === 304;
  }
  /** The fields as they go out, with those that Node adds by itself. */
  private list(): Header[] {
    const headers = [...this.fields.values()].flatMap(({ name, value }) =>
      [value].flat().map((each): Header => [name, String(each)]),
    );
    const lacks = (name: string) => !this.fields.has(name);
    if (this.sendDate && lacks('date')) headers.push(['Date', new Date().toUTCString()]);
    if (lacks('connection'))
      headers.push(['Connection', 'keep-alive'], ['Keep-Alive', 'timeout=5']);
    if (lacks('content-length') && lacks('transfer-encoding') && !this.bodiless()) {
      headers.push(['Transfer-Encoding', 'chunked']);
    }
    return headers;
  }
}

function pairs(fields: Fields): [string, Value][] {
  if (!Array.isArray(fields)) return Object.entries(fields as Record<string, Value>);
  const list = fields.flat();
  return Array.from(
    { length: list.length / 2 },
    (_, n) => [String(list[2 * n]), list[2 * n + 1]] as [string, Value],
  );
}
