// The sockets that are in, and how they end: with their login, their account, or their connection.
import type { Server, Socket } from 'socket.io';
import { env } from '../lib/env.ts';
import { log } from '../lib/log.ts';
import { type Code, Refusal } from '../lib/refusal.ts';
import { check, endedCode, type Login, markEnded, markGone } from './check.ts';
import { accounts } from './store.ts';
import type { Heard, Told } from './wire.ts';

export type ChatServer = Server<Heard, Told, Told, Login>;
export type Client = Socket<Heard, Told, Told, Login>;

const RECHECK_SECONDS = env.seconds('RECHECK_SECONDS', 30);
const MOST_WAITING = 500; // packets that a client has not taken yet
export const live = new Set<Client>();
/** What is to be done with a socket at each look that went well. */
export const afterLook = new Set<(socket: Client) => unknown>();

// #region round
// One round for all sockets, four times a second: it ends tokens at `exp`, asks the database again
// after a while and at a session's end, and cuts who does not read. lesson: expiry
setInterval(() => {
  for (const socket of live) {
    const { until, checkedAt, credential } = socket.data;
    const age = performance.now() - checkedAt; // ms since the last look began
    const late = Date.now() - until; // ms since the end, if no request has moved it
    if (waiting(socket) > MOST_WAITING) cut(socket, 'RATE_LIMITED');
    else if (late >= 0 && credential.by === 'token') end(socket, 'TOKEN_EXPIRED');
    else if (late >= 0 ? age >= late : age >= RECHECK_SECONDS * 1000) void checkAgain(socket);
    else if (late >= 250) end(socket, 'SESSION_EXPIRED');
  }
}, 250).unref();
// #endregion

// #region ending
type Transport = { socket?: { terminate(): void } };
/** What the engine does not put into its types. */
const engine = ({ conn }: Client) =>
  conn as unknown as { writeBuffer: unknown[]; transport: Transport };
const waiting = (socket: Client) => engine(socket).writeBuffer.length;

/** lesson: session-writes */
async function checkAgain(socket: Client): Promise<void> {
  const { credential, user } = socket.data;
  socket.data.checkedAt = performance.now(); // at once: a slow database is not asked twice
  try {
    const login = await check(credential);
    if (login.user.role !== user.role) return end(socket, 'FORBIDDEN'); // let it connect anew
    socket.data.until = login.until;
    for (const work of afterLook) await work(socket);
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    const code = error instanceof Refusal ? error.data.code : 'AUTH_UNAVAILABLE';
    if (code !== 'AUTH_UNAVAILABLE') end(socket, code); // a store that is down ends nobody
  }
}

export function end(socket: Client, code: Code): void {
  if (!socket.connected) return;
  log('ended', { code, user: socket.data.user.id, address: socket.handshake.address });
  socket.emit('ended', new Refusal(code).data);
  socket.disconnect();
}

/** Ends it without a word: what it does not read would pile up here. lesson: limits */
function cut(socket: Client, code: Code): void {
  log('ended', { code, user: socket.data.user.id, address: socket.handshake.address });
  const { transport } = engine(socket);
  socket.disconnect();
  socket.conn.close(true);
  transport.socket?.terminate(); // close waits for the client's answer, and keeps what it has not read
}

export function endWhere(matches: (socket: Client) => boolean, code: Code): void {
  for (const socket of live) if (matches(socket)) end(socket, code);
}

/** Cuts every socket of a login, in every namespace; other logins of the user stay. lesson: logout */
export function endLogin(id: string): void {
  markEnded(id);
  for (const socket of live) {
    const { credential } = socket.data;
    if (credential.id === id) end(socket, endedCode(credential));
  }
}

accounts.on('gone', (id) => {
  markGone(id);
  endWhere(({ data }) => data.user.id === id, 'USER_UNKNOWN');
});
// #endregion
