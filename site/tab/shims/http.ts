// node:http: a server whose connections come from the page, as messages; see ../wire.ts.
import Emitter from 'events';
import type { HttpRequest, HttpResponse } from '../wire.ts';
import { Buffer } from './buffer.ts';
import { IncomingMessage } from './http-request.ts';
import { ServerResponse } from './http-response.ts';
import { Socket } from './net.ts';

export { OutgoingMessage } from './http-response.ts';
export { METHODS, STATUS_CODES } from './http-words.ts';
export { IncomingMessage, ServerResponse };

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** What the worker does for a connection: it is told of bytes and of the end. */
export interface Peer {
  bytes(chunk: Uint8Array): void;
  closed(): void;
}

/** Servers by port, so that the worker finds who answers. */
export const listening = new Map<number, Server>();
/** What the worker wants to know. */
export const watch = { listening: (_port: number): void => {} };
let ports = 49_152;

export class Server extends Emitter {
  listening = false;
  timeout = 0;
  keepAliveTimeout = 5_000;
  headersTimeout = 60_000;
  requestTimeout = 300_000;
  maxHeadersCount = 2_000;
  private port = 0;
  private readonly sockets = new Set<Socket>();

  constructor(...args: unknown[]) {
    super();
    const handler = args.find((each) => typeof each === 'function') as Handler | undefined;
    if (handler) this.on('request', handler);
  }

  /** `listen(port, host, done)` or `listen({port}, done)`. A port in use is an `error` event, as in Node. */
  listen(...args: unknown[]): this {
    const [first] = args;
    const asked = typeof first === 'object' && first ? Reflect.get(first, 'port') : first;
    const done = args.find((each) => typeof each === 'function') as (() => void) | undefined;
    const port = Number(asked ?? 0) || 3_000 + Math.floor(Math.random() * 5_000);
    queueMicrotask(() => {
      if (listening.has(port)) {
        const message = `listen EADDRINUSE: address already in use 127.0.0.1:${port}`;
        const about = { code: 'EADDRINUSE', errno: -98, syscall: 'listen', port };
        this.emit('error', Object.assign(new Error(message), about));
        return;
      }
      this.port = port;
      this.listening = true;
      listening.set(port, this);
      if (done) this.once('listening', done);
      this.emit('listening');
      watch.listening(port);
    });
    return this;
  }

  address() {
    return this.listening ? { address: '127.0.0.1', family: 'IPv4', port: this.port } : null;
  }

  close(done?: (error?: Error) => void): this {
    const was = this.listening;
    this.listening = false;
    listening.delete(this.port);
    queueMicrotask(() => {
      if (was) this.emit('close');
      done?.(was ? undefined : new Error('Server is not running.'));
    });
    return this;
  }
  closeAllConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }
  closeIdleConnections(): void {}
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  /** A request on a connection of its own; gives the socket, for what comes later. */
  receive(request: HttpRequest, peer: Peer, respond: (response: HttpResponse) => void): Socket {
    ports = ports === 65_535 ? 49_152 : ports + 1;
    const socket = new Socket(
      { remote: ports, local: this.port },
      (chunk) => peer.bytes(chunk),
      () => peer.closed(),
    );
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    const req = new IncomingMessage(socket, request);
    const upgrade =
      req.headers['upgrade'] !== undefined && /upgrade/i.test(String(req.headers['connection']));
    this.emit('connection', socket);
    if (upgrade && this.listenerCount('upgrade') > 0) {
      req.upgrade = true;
      this.emit('upgrade', req, socket, Buffer.alloc(0));
      return socket;
    }
    const res = new ServerResponse(req, (response) => {
      respond(response);
      req.emit('close');
      socket.destroy();
    });
    req.start(request.body);
    this.emit('request', req, res);
    return socket;
  }
}

export const createServer = (...args: unknown[]) => new Server(...args);
export const maxHeaderSize = 16_384;
export const globalAgent = {};
export class Agent {}
