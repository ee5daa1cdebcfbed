// A WebSocket client for tests: against the real `ws`, or against bytes that the test says.
import type { WebSocket } from 'ws';
import type { SocketHandlers, SocketWatch } from '../../site/tab/browser/socket-events.ts';
import { WebSocketClient } from '../../site/tab/browser/websocket.ts';
import type { Connection, Header } from '../../site/tab/wire.ts';
import { acceptance, rawConnection, wsConnection } from './memory.ts';

const upgrade: Header[] = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
];
export const get = { method: 'GET', target: '/', headers: upgrade };

/** Opens a client; `log` is what a page hears, `closed` comes last. */
export function open(connection: Connection, protocols: string[] = [], watch: SocketWatch = {}) {
  const log: unknown[] = [];
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<unknown[]>();
  const handlers: SocketHandlers = {
    open(protocol) {
      log.push(`open ${protocol}`.trim());
      opened.resolve();
    },
    message: (data) => log.push(data),
    error: (why) => log.push(`error: ${why}`),
    close(...how) {
      log.push(how);
      closed.resolve(log);
    },
  };
  const client = new WebSocketClient(connection, { ...get, protocols }, handlers, watch);
  return { client, log, opened: opened.promise, closed: closed.promise };
}

/** A client and a server of the real `ws`. */
export async function pair(watch: SocketWatch = {}) {
  const { promise, resolve } = Promise.withResolvers<WebSocket>();
  const page = open(wsConnection(resolve), [], watch);
  const server = await promise;
  await page.opened;
  const next = () =>
    new Promise<[data: Buffer, binary: boolean]>((heard) => {
      server.once('message', (data: Buffer, binary) => heard([data, binary]));
    });
  return { ...page, server, next };
}

/** A client whose server is the test, byte by byte. */
export async function raw(...more: string[]) {
  const { connection, written, asked } = rawConnection();
  const page = open(connection);
  const { heard, key } = await asked;
  heard.bytes(acceptance(key, ...more));
  const say = (...bytes: number[]) => heard.bytes(Uint8Array.from(bytes));
  /** A frame that the client sent, without its mask. */
  const read = (frame = written.at(-1) ?? new Uint8Array()) => {
    const mask = frame.subarray(2, 6);
    return [frame[0], ...frame.subarray(6).map((byte, i) => byte ^ (mask[i % 4] ?? 0))];
  };
  return { ...page, connection, written, heard, say, read };
}
