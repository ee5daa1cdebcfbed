// The packets of: elsewhere. A server that checks each event and no connection; and how a framework and Socket.IO
// share an HTTP server.
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { Server } from 'socket.io';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

// #region early
/** As Next.js, Fastify and Express do it: their handler is there when Socket.IO comes. */
export function frameworkFirst(framework: RequestListener): HttpServer {
  const http = createServer(framework);
  new Server(http); // takes /socket.io/, and hands the rest to the framework
  return http;
}
// #endregion

// #region late
export function frameworkLast(framework: RequestListener): HttpServer {
  const http = createServer();
  new Server(http);
  http.on('request', framework); // gets every request, those of Socket.IO too
  return http;
}
// #endregion

// #region guard
/** As a guard on each handler does: it is asked when an event comes in. */
export function guardEvents(io: Server): void {
  io.on('connection', (socket) => {
    socket.use((_event, next) => {
      next(socket.handshake.auth['token'] === 'a good one' ? undefined : new Error('unauthorized'));
    });
    socket.on('say', (text) => io.emit('said', text));
  });
}
// #endregion

export async function record({ plainServer, keep, send }: Run): Promise<void> {
  const { io, origin } = await plainServer();
  guardEvents(io);
  const stranger = await openWebSocket(origin);
  await send(stranger, '40');
  await stranger.answer();
  const member = await openWebSocket(origin);
  await member.connect({ token: 'a good one' });
  await member.send('42["say","for members only"]');
  await stranger.next('42');
  keep(...stranger.packets);
}
