// The door of every namespace: few CONNECTs at a time, one check, and a refusal closes the connection.
import { log } from '../lib/log.ts';
import { type Code, Refusal } from '../lib/refusal.ts';
import { check, credentialOf, type Presented, revoked } from './check.ts';
import { type ChatServer, type Client, end, endWhere, live } from './live.ts';

type Door = { pending: Set<string>; inside: Set<string>; shut: boolean }; // names of namespaces
const doors = new WeakMap<Client['conn'], Door>();

// #region door
/** One connection is no place to guess. lesson: two-handshakes */
async function authenticate(socket: Client, next: (error?: Error) => void): Promise<void> {
  const { conn, nsp, handshake, request } = socket;
  const door = doors.get(conn);
  if (!door || door.shut || door.pending.has(nsp.name) || door.pending.size === 5) {
    const code = 'RATE_LIMITED';
    if (!door?.shut) log('refused', { code, user: undefined, address: handshake.address }); // once
    shut(socket, code);
    return next(new Refusal(code)); // unheard, but without it the server keeps the socket
  }
  door.pending.add(nsp.name);
  try {
    socket.data = await check(credentialOf(handshake.auth.token, request as Presented));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('AUTH_UNAVAILABLE');
    const { code } = refusal.data;
    log('refused', { code, user: refusal.userId, address: handshake.address });
    next(refusal); // the client receives its message and its data, nothing else of it
    door.shut ||= code !== 'AUTH_UNAVAILABLE' || door.inside.size === 0; // an outage ends nobody
    if (door.shut) setImmediate(() => shut(socket, code)); // after the answer
    return;
  } finally {
    door.pending.delete(nsp.name);
  }
  next();
}
// #endregion

/** Ends what this connection has inside, then the connection. */
function shut({ conn }: Client, code: Code): void {
  const door = doors.get(conn);
  if (door) door.shut = true;
  endWhere((socket) => socket.conn === conn, code);
  conn.close();
}

// #region attend
/** From here on the socket receives events. `enter` is what the chat does with it. */
function attend(socket: Client, enter: (socket: Client) => void): void {
  const inside = doors.get(socket.conn)?.inside;
  live.add(socket);
  inside?.add(socket.nsp.name);
  socket.on('disconnect', () => {
    live.delete(socket);
    inside?.delete(socket.nsp.name);
    if (inside?.size === 0) socket.conn.close(); // no connection without a namespace
  });
  socket.join(`user:${socket.data.user.id}`); // for io.to(`user:${id}`), on every device
  enter(socket);
  const code = revoked(socket.data); // between the check and this line, ticks have passed
  if (code) end(socket, code);
}
// #endregion

// #region namespaces
/** Every namespace gets the same door, so call this before any of them is made. lesson: namespaces */
export function guard(io: ChatServer, enter: (socket: Client) => void): void {
  type Namespace = ReturnType<ChatServer['of']>;
  const close = (namespace: Namespace) =>
    namespace.use(authenticate).on('connection', (socket) => attend(socket, enter));
  close(io.of('/'));
  io.on('new_namespace', close);
  // A name that nobody made asks for a login too, then says no. Without this, Socket.IO tells anyone
  // "Invalid namespace" and keeps the connection.
  const unknown = io.of((_name, _auth, allow) => allow(null, true));
  unknown.use(authenticate).use(({ data, handshake }, next) => {
    log('refused', { code: 'FORBIDDEN', user: data.user.id, address: handshake.address });
    next(new Refusal('FORBIDDEN')); // closes nothing
  });

  // A CONNECT costs a socket before any check: the 51st on one connection ends it. lesson: limits
  io.engine.on('connection', (conn: Client['conn']) => {
    doors.set(conn, { pending: new Set(), inside: new Set(), shut: false });
    let connects = 0;
    conn.on('packet', ({ type, data }) => {
      if (type === 'message' && data?.[0] === '0' && ++connects > 50) conn.close();
    });
  });
}
// #endregion
