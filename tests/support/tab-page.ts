// Runs in the page of tests/support/tab.ts: starts servers in the tab, and passes what arrives at the bridge on to them.

import type { Run } from '../../site/tab/messages.ts';
import { type Manifest, Runtime } from '../../site/tab/runtime.ts';
import { TabServer } from '../../site/tab/TabServer.ts';
import type { Connection, HttpRequest } from '../../site/tab/wire.ts';

/** Bytes travel to and from the test as base64. */
export type Plain = Omit<HttpRequest, 'body'> & { body?: string };
/** What the page tells the test: of a server, and of one of its connections. */
export type Told =
  | { server: number; kind: 'listening'; port: number }
  | { server: number; kind: 'output'; stream: string; text: string }
  | { server: number; kind: 'exit'; code: number; why: string }
  | { server: number; kind: 'ipc'; message: unknown }
  | { server: number; kind: 'bytes'; id: number; bytes: string }
  | { server: number; kind: 'closed'; id: number };

const encode = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const decode = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const servers = new Map<number, TabServer>();
const connections = new Map<number, Connection>();

const api = {
  async start(id: number, manifest: Manifest, base: string, run: Run): Promise<void> {
    const tell = (told: Told) => Reflect.get(globalThis, 'tellTest')(told);
    const server = await TabServer.start(new Runtime(manifest, base), run, {
      listening: (port) => tell({ server: id, kind: 'listening', port }),
      output: (stream, text) => tell({ server: id, kind: 'output', stream, text }),
      exit: (code, why = '') => tell({ server: id, kind: 'exit', code, why }),
      ipc: (message) => tell({ server: id, kind: 'ipc', message }),
    });
    servers.set(id, server);
  },
  ipc: (id: number, message: unknown) => servers.get(id)?.ipc(message),
  signal: (id: number, name: 'SIGINT' | 'SIGTERM') => servers.get(id)?.signal(name),
  end(id: number): void {
    servers.get(id)?.end();
    servers.delete(id);
  },
  /** One plain request; rejects when the connection ends before the response. */
  async request(server: number, id: number, port: number, { body, ...rest }: Plain) {
    const connection = servers.get(server)?.connect(port);
    if (!connection) throw new Error('connection refused');
    connections.set(id, connection);
    const response = await connection
      .request(body === undefined ? rest : { ...rest, body: decode(body) })
      .finally(() => connections.delete(id));
    return { ...response, body: encode(response.body) };
  },
  upgrade(server: number, id: number, port: number, request: Plain): void {
    const tell = (told: Told) => Reflect.get(globalThis, 'tellTest')(told);
    const connection = servers.get(server)?.connect(port);
    if (!connection) {
      tell({ server, kind: 'closed', id });
      return;
    }
    connections.set(id, connection);
    const { body: _body, ...rest } = request;
    connection.upgrade(rest, {
      bytes: (chunk) => tell({ server, kind: 'bytes', id, bytes: encode(chunk) }),
      closed: () => tell({ server, kind: 'closed', id }),
    });
  },
  write: (id: number, bytes: string) => connections.get(id)?.write(decode(bytes)),
  close(id: number): void {
    connections.get(id)?.close();
    connections.delete(id);
  },
};
export type TabApi = typeof api;
Object.assign(globalThis, { tab: api });
