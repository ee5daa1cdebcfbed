// Labs: one connection is no place to guess. With its reasons: auth-field/server.ts.
import type { Server } from 'socket.io';
import { log } from '../../lib/log.ts';
import { type Code, Refusal } from '../../lib/refusal.ts';
import { check, type Login } from './check.ts';
import { type Client, endWhere } from './sockets.ts';
import { readToken } from './tokens.ts';

type Door = { pending: Set<string>; inside: number; shut: boolean };
const doors = new WeakMap<Client['conn'], Door>();

function shut({ conn }: Client, code: Code): void {
  const door = doors.get(conn);
  if (door) door.shut = true;
  endWhere((socket) => socket.conn === conn, code);
  conn.close();
}

/** A middleware that lets a socket in with a token, closes the connection of a refused one, and caps what is pending. */
export function authenticate(socket: Client, next: (error?: Error) => void): void {
  void (async () => {
    const { conn, nsp, handshake } = socket;
    const door = doors.get(conn);
    if (!door || door.shut || door.pending.has(nsp.name) || door.pending.size === 5) {
      if (!door?.shut) refused(socket, 'RATE_LIMITED');
      shut(socket, 'RATE_LIMITED');
      return next(new Refusal('RATE_LIMITED'));
    }
    door.pending.add(nsp.name);
    try {
      socket.data = await look(handshake.auth.token);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('AUTH_UNAVAILABLE');
      const { code } = refusal.data;
      refused(socket, code, refusal.userId);
      next(refusal);
      door.shut ||= code !== 'AUTH_UNAVAILABLE' || door.inside === 0;
      if (door.shut) setImmediate(() => shut(socket, code));
      return;
    } finally {
      door.pending.delete(nsp.name);
    }
    next();
  })();
}

const look = async (token: unknown): Promise<Login> => check(readToken(token));

function refused({ handshake }: Client, code: Code, user?: string): void {
  log('refused', { code, user, address: handshake.address });
}

/** No, to one who is signed in: it closes nothing. */
export function forbid(socket: Client, next: (error?: Error) => void): void {
  refused(socket, 'FORBIDDEN', socket.data.user.id);
  next(new Refusal('FORBIDDEN'));
}

/** Counts what each connection has inside; one with nothing inside is closed, and so is the 51st CONNECT. */
export function watchDoors(io: Server): void {
  io.engine.on('connection', (conn: Client['conn']) => {
    doors.set(conn, { pending: new Set(), inside: 0, shut: false });
    let connects = 0;
    conn.on('packet', ({ type, data }) => {
      if (type === 'message' && data?.[0] === '0' && ++connects > 50) conn.close();
    });
  });
}

/** Call it for each socket that is in. */
export function countIn(socket: Client): void {
  const door = doors.get(socket.conn);
  if (!door) return;
  door.inside += 1;
  socket.on('disconnect', () => {
    door.inside -= 1;
    if (door.inside === 0) socket.conn.close();
  });
}
