// How the process ends when it is asked to: nothing that was acknowledged is lost, and nobody is left
// waiting for a connection that is dead. lesson: proxies-nodes
import type { Server as HttpServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { finishEvents } from './events.ts';
import { type ChatServer, live } from './live.ts';
import { database } from './store.ts';

let stopping = false;
export const isStopping = () => stopping;

const reason = { code: 'GOING_AWAY', message: 'The server restarts. You stay signed in.' };

/** Ends in under 2 seconds. Whoever was connected comes back by itself, to the next process. */
export async function stop(http: HttpServer, io: ChatServer): Promise<void> {
  stopping = true; // /ready says no, and no handshake begins
  http.close(); // no new connection
  const answered = new Promise((resolve) => http.once('close', resolve));
  await Promise.race([finishEvents(), wait(500)]);
  for (const socket of live) socket.emit('ended', reason);
  await wait(50); // out with it
  await io.close(); // clients see their transport close, and try again after a pause
  http.closeIdleConnections();
  await Promise.race([answered, wait(500)]); // requests that are being answered
  http.closeAllConnections();
  await Promise.race([database.close(), wait(300)]);
}
