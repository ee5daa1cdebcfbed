// Servers in memory, for tests: a `ws` server over a duplex, one that speaks in raw bytes, and one of routes.
import { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { getHeader } from '../../site/tab/browser/headers.ts';
import { acceptOf } from '../../site/tab/browser/upgrade.ts';
import type {
  Connection,
  Header,
  HttpRequest,
  HttpResponse,
  Server,
  WireEvent,
} from '../../site/tab/wire.ts';

type Heard = Parameters<Connection['upgrade']>[1];
type Handle = (request: HttpRequest) => Partial<HttpResponse> | Promise<Partial<HttpResponse>>;

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A connection whose upgrade is answered by the real `ws`. */
export function wsConnection(
  connected: (socket: WebSocket) => void,
  options: { handleProtocols?: () => string | false; headers?: string[] } = {},
): Connection {
  const { headers: added = [], ...rest } = options;
  const server = new WebSocketServer({ noServer: true, ...rest });
  server.on('headers', (headers) => headers.push(...added));
  let duplex: Duplex | undefined;
  return {
    request: () => Promise.reject(new Error('upgrades only')),
    upgrade({ method, target, headers }, heard) {
      const made = new Duplex({
        read() {},
        // Later, as on a network: an answer within its own write closes `ws` twice, and leaves a timer of 30 s.
        write(chunk: Uint8Array, _encoding, done) {
          setImmediate(() => {
            heard.bytes(Uint8Array.from(chunk));
            done();
          });
        },
        destroy(error, done) {
          done(error);
          setImmediate(() => heard.closed());
        },
        final(done) {
          done();
          setImmediate(() => made.destroy());
        },
      });
      duplex = made;
      const fields = headers.map(([name, value]) => [name.toLowerCase(), value]);
      const request = { method, url: target, headers: Object.fromEntries(fields) };
      server.handleUpgrade(request as never, made, Buffer.alloc(0), connected);
    },
    write: (bytes) => void duplex?.push(Buffer.from(bytes)),
    close: () => void duplex?.destroy(),
  };
}

/** A connection on which a test says each byte; `key` is the one of the handshake. */
export function rawConnection() {
  const written: Uint8Array[] = [];
  const asked = Promise.withResolvers<{ heard: Heard; key: string; request: HttpRequest }>();
  const connection: Connection & { ended: boolean } = {
    ended: false,
    request: () => Promise.reject(new Error('upgrades only')),
    upgrade: (request, heard) =>
      asked.resolve({ heard, request, key: getHeader(request.headers, 'sec-websocket-key') ?? '' }),
    write: (bytes) => void written.push(bytes),
    close() {
      this.ended = true;
    },
  };
  return { connection, written, asked: asked.promise };
}

export const acceptance = (key: string, ...more: string[]): Uint8Array =>
  bytesOf(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: WebSocket',
      'Connection: keep-alive, Upgrade',
      `Sec-WebSocket-Accept: ${acceptOf(key)}`,
      ...more,
      '\r\n',
    ].join('\r\n'),
  );

/** A server of one port; it keeps what it was asked. */
export function fakeServer(port: number, handle: Handle, upgrade?: () => Connection) {
  const asked: HttpRequest[] = [];
  const server: Server = {
    connect(other) {
      if (other !== port) return undefined;
      const up = upgrade?.();
      if (up) return up;
      return {
        async request(request) {
          asked.push(request);
          const { status = 200, statusText = 'OK', headers = [], body } = await handle(request);
          return { status, statusText, headers, body: body ?? bytesOf('hello') };
        },
        upgrade: () => {},
        write: () => {},
        close: () => {},
      };
    },
  };
  return { server, asked };
}

/** Several servers, as one. */
export const together = (...servers: Server[]): Server => ({
  connect(port) {
    for (const server of servers) {
      const connection = server.connect(port);
      if (connection) return connection;
    }
    return undefined;
  },
});

/** Events in a line each. */
export const told = (events: WireEvent[]): string[] =>
  events.map((event) => {
    const { exchange: n } = event;
    if (event.kind === 'request') return `${n} ${event.method} ${event.url}`;
    if (event.kind === 'response') return `${n} ${event.status}`;
    if (event.kind === 'message') return `${n} ${event.from}: ${event.text ?? event.bytes}`;
    if (event.kind === 'close') return `${n} ${event.from} closes ${event.code ?? ''}`.trim();
    if (event.kind === 'cookie') return `${n} ${event.verb} ${event.name}: ${event.why}`;
    return `${n} blocked: ${event.why}`;
  });

export const headerOf = (headers: Header[], name: string): string | undefined =>
  getHeader(headers, name);
