// A bare Socket.IO server in this process, for what the library does by itself.
import { once as onceEmitted } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type ServerOptions } from 'socket.io';
import type { Socket } from 'socket.io-client';

export interface Plain {
  io: Server;
  origin: string;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. */
export async function startPlain(options: Partial<ServerOptions> = {}): Promise<Plain> {
  const http = createServer();
  const io = new Server(http, options);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const close = async () => {
    http.closeAllConnections();
    await io.close();
  };
  return { io, origin: `http://localhost:${port}`, close };
}

/** `once` of node:events, which knows the client's Socket at run time only. */
export function once(emitter: Socket | NodeJS.EventEmitter, event: string) {
  return onceEmitted(emitter as NodeJS.EventEmitter, event);
}

/** What a middleware hands to `next` to refuse; `status` is there to be left behind. */
export const no = Object.assign(new Error('unauthorized'), {
  data: { code: 'TOKEN_MISSING' },
  status: 401,
});
