// Labs: the sockets that are in, and how they end. With its reasons: auth-field/server.ts.
import type { Socket } from 'socket.io';
import { env } from '../../lib/env.ts';
import { log } from '../../lib/log.ts';
import { type Code, Refusal } from '../../lib/refusal.ts';
import { users } from '../../lib/users.ts';
import { check, type Login, revoked } from './check.ts';

export type Heard = Record<string, (...args: unknown[]) => void>;
export type Client = Socket<Heard, Heard, Heard, Login>;

const RECHECK_SECONDS = env.seconds('RECHECK_SECONDS', 30);
const live = new Set<Client>();

/** From here on the socket counts as one of its login: it ends with it. */
export function track(socket: Client): void {
  live.add(socket);
  socket.on('disconnect', () => live.delete(socket));
  socket.join(`user:${socket.data.user.id}`);
  const code = revoked(socket.data); // between the check and this line, ticks have passed
  if (code) end(socket, code);
}

/** Tells the socket why, and ends it. */
export function end(socket: Client, code: Code): void {
  if (!socket.connected) return;
  log('ended', { code, user: socket.data.user.id, address: socket.handshake.address });
  socket.emit('ended', new Refusal(code).data);
  socket.disconnect();
}

/** Ends all sockets that match, in every namespace. */
export function endWhere(matches: (socket: Client) => boolean, code: Code): void {
  for (const socket of live) if (matches(socket)) end(socket, code);
}

users.on('gone', (id) => endWhere(({ data }) => data.user.id === id, 'USER_UNKNOWN'));

async function checkAgain(socket: Client): Promise<void> {
  socket.data.checkedAt = performance.now();
  try {
    const { user } = await check(socket.data.claims);
    if (user.role !== socket.data.user.role) end(socket, 'FORBIDDEN');
  } catch (error) {
    const code = error instanceof Refusal ? error.data.code : 'AUTH_UNAVAILABLE';
    if (code !== 'AUTH_UNAVAILABLE') end(socket, code);
  }
}

setInterval(() => {
  for (const socket of live) {
    const { claims, checkedAt } = socket.data;
    if (claims.exp * 1000 <= Date.now()) end(socket, 'TOKEN_EXPIRED');
    else if (checkedAt + RECHECK_SECONDS * 1000 <= performance.now()) void checkAgain(socket);
  }
}, 250).unref();
