// Connection state recovery that asks for the token first. To reuse it, copy this folder and what it
// imports from lib. It is auth-field with the region `recovery`; what is kept stands in adapter.ts.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import express, { type Request, type Response } from 'express';
import jwt from 'jsonwebtoken';
import { type Namespace, Server, type Socket } from 'socket.io';
import { z } from 'zod';
import { env } from '../lib/env.ts';
import { errors } from '../lib/errors.ts';
import { listen } from '../lib/listen.ts';
import { log } from '../lib/log.ts';
import { login } from '../lib/login.ts';
import { page } from '../lib/page.ts';
import { type Code, Refusal } from '../lib/refusal.ts';
import { secret } from '../lib/secret.ts';
import { type User, users } from '../lib/users.ts';
import { within } from '../lib/within.ts';
import { type Back, RecoveryAdapter } from './adapter.ts';
import { enterRoom, type Heard, type Told } from './room.ts';

const key = secret('JWT_SECRET');
const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);
const RECHECK_SECONDS = env.seconds('RECHECK_SECONDS', 30);
const RECOVERY_SECONDS = env.seconds('RECOVERY_SECONDS', 2 * 60);
const origins = env.list('ORIGINS');

// #region token
const policy = { issuer: 'handshake', audience: 'handshake-sockets' };
const id = z.string().min(1);
const Claims = z.object({ sub: id, jti: id, iat: z.int(), exp: z.int() });
type Claims = z.infer<typeof Claims>;

function signToken(userId: string): string {
  const claims = { subject: userId, jwtid: randomUUID(), expiresIn: TOKEN_TTL };
  return jwt.sign({}, key, { ...policy, ...claims, algorithm: 'HS256' });
}

/** Anything may come in here: `handshake.auth` holds whatever JSON the client sent. */
function readToken(token: unknown): Claims {
  if (token === undefined) throw new Refusal('TOKEN_MISSING');
  if (typeof token !== 'string') throw new Refusal('TOKEN_INVALID');
  try {
    return Claims.parse(jwt.verify(token, key, { ...policy, algorithms: ['HS256'] }));
  } catch (error) {
    throw new Refusal(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
  }
}
// #endregion

// #region check
type Login = {
  claims: Claims;
  user: Pick<User, 'id' | 'name' | 'role'>;
  checkedAt: number;
  back?: Back<Login> | undefined; // from CONNECT to `attend`, if its client comes back
};

// In memory: after a restart a token that was logged out is good again until its `exp`. Keep these
// in a shared store if that, or a second node, matters.
const loggedOut = new Map<string, number>(); // jti and exp
const removedAt = new Map<string, number>(); // user and time: a lookup begun before is out of date

/** The signature proves what was true at login. The lookup asks what is true now. */
async function check(claims: Claims): Promise<Login> {
  const { sub, exp } = claims;
  if (exp * 1000 <= Date.now()) throw new Refusal('TOKEN_EXPIRED', sub);
  const checkedAt = performance.now(); // ms, and no change of the clock moves it
  const user = await within(3_000, users.findById(sub)).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE', sub); // "invalid" would make clients drop a good login
  });
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN', sub);
  const login = { claims, user: { id: sub, name: user.name, role: user.role }, checkedAt };
  const code = revoked(login); // asked last: nothing is awaited after it
  if (code) throw new Refusal(code, sub);
  return login;
}

function revoked(login: Login): Code | undefined {
  if (loggedOut.has(login.claims.jti)) return 'TOKEN_INVALID';
  return (removedAt.get(login.user.id) ?? -1) >= login.checkedAt ? 'USER_UNKNOWN' : undefined;
}
// #endregion

// #region http
const bearer = (req: Request) => /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];

const app = express().disable('x-powered-by').set('trust proxy', env.list('TRUST_PROXY')).use(page);
app.post('/login', login, (_req: Request, res: Response) => {
  res.json({ token: signToken(res.locals.user.id) });
});
app.get('/me', async (req, res) => void res.json((await check(readToken(bearer(req)))).user));
app.post('/logout', (req, res) => {
  const { jti, exp } = readToken(bearer(req)); // no lookup: a logout works while the store is down
  for (const [id, end] of loggedOut) if (end * 1000 < Date.now()) loggedOut.delete(id);
  loggedOut.set(jti, exp);
  endWhere(({ data }) => data.claims.jti === jti, 'TOKEN_INVALID');
  res.sendStatus(204);
});
app.use(errors);
// #endregion

// #region recovery
/** Asked before the check. A throw makes the client a new one, without what it missed. */
class Guarded extends RecoveryAdapter {
  override async restoreSession(pid: string, offset: string) {
    const session = await super.restoreSession(pid, offset); // the next who asks gets nothing
    const { was } = (session.data as { back: Back<Login> }).back;
    const ended = was.claims.exp * 1000 <= Date.now() || revoked(was);
    if (ended) throw new Error('its login has ended');
    return session;
  }
}

/** This CONNECT's token is good. Is the session that it asks for of the same user? */
function compare(was: Login, { user }: Login): void {
  const code = revoked(was); // the check took time: it may have ended meanwhile
  if (code) throw new Refusal(code, user.id);
  const same = was.user.id === user.id && was.user.role === user.role;
  if (!same) throw new Refusal('FORBIDDEN', user.id); // it may connect again, as a new one
}
// #endregion

// #region origin
/** A page of another origin has no business here. Same-origin polling GETs carry no Origin at all. */
function fromOwnPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  return ['undefined', 'same-origin', 'none'].includes(String(headers['sec-fetch-site']));
}

const http = createServer(app);
const io: Server<Heard, Told, Told, Login> = new Server(http, {
  allowRequest: (req, callback) => {
    if (fromOwnPage(req)) return callback(null, true);
    log('refused', { code: 'FORBIDDEN', user: undefined, address: req.socket.remoteAddress });
    callback('FORBIDDEN: this origin is not allowed', false);
  },
  connectTimeout: 10_000,
  maxHttpBufferSize: 20_000,
  cleanupEmptyChildNamespaces: true,
  connectionStateRecovery: {
    maxDisconnectionDuration: RECOVERY_SECONDS * 1000,
    skipMiddlewares: false, // true by default: whoever has the pid is in, without a token
  },
  adapter: Guarded,
});
// #endregion

export type Client = Socket<Heard, Told, Told, Login>;

// #region door
type Door = { pending: Set<string>; inside: Set<string>; shut: boolean }; // names of namespaces
const doors = new WeakMap<Client['conn'], Door>();

/** One connection is no place to guess: few CONNECTs at a time, and a refusal closes it. */
async function authenticate(socket: Client, next: (error?: Error) => void): Promise<void> {
  const { conn, nsp, handshake } = socket;
  const door = doors.get(conn);
  if (!door || door.shut || door.pending.has(nsp.name) || door.pending.size === 5) {
    const code = 'RATE_LIMITED';
    if (!door?.shut) log('refused', { code, user: undefined, address: handshake.address }); // once
    shut(socket, code);
    return next(new Refusal(code)); // unheard, but without it the server keeps the socket
  }
  door.pending.add(nsp.name);
  try {
    const { back } = socket.data;
    const login = await check(readToken(handshake.auth.token));
    if (back) compare(back.was, login);
    socket.data = { ...login, back };
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

// #region closing
/** Ends what this connection has inside, then the connection. */
function shut({ conn }: Client, code: Code): void {
  const door = doors.get(conn);
  if (door) door.shut = true;
  endWhere((socket) => socket.conn === conn, code);
  conn.close();
}

// A CONNECT costs a socket before any check. The 51st on one connection ends it: raise that number
// if your client leaves and joins namespaces often.
io.engine.on('connection', (conn: Client['conn']) => {
  doors.set(conn, { pending: new Set(), inside: new Set(), shut: false });
  let connects = 0;
  conn.on('packet', ({ type, data }) => {
    if (type === 'message' && data?.[0] === '0' && ++connects > 50) conn.close();
  });
});
// #endregion

// #region lifetime
const live = new Set<Client>();

/** From here on the socket receives events. */
function attend(socket: Client): void {
  const { back, user } = socket.data;
  socket.data.back = undefined; // the next one is not to hold all that were before
  const inside = doors.get(socket.conn)?.inside;
  live.add(socket);
  inside?.add(socket.nsp.name);
  socket.on('disconnect', () => {
    live.delete(socket);
    inside?.delete(socket.nsp.name);
    if (inside?.size === 0) socket.conn.close(); // no connection without a namespace
  });
  socket.join(`user:${user.id}`); // for io.to(`user:${id}`)
  enterRoom(socket, () => end(socket, 'RATE_LIMITED'));
  // Between the check and this line, ticks have passed.
  const code = revoked(socket.data) ?? (back && revoked(back.was));
  if (code) end(socket, code);
  else if (back) back.deliver();
  else socket.emit('welcome', user); // who has heard nothing has no offset, and cannot come back
}

// One round for all sockets, four times a second: it ends them at `exp`, and asks the store again.
setInterval(() => {
  for (const socket of live) {
    const { claims, checkedAt } = socket.data;
    if (claims.exp * 1000 <= Date.now()) end(socket, 'TOKEN_EXPIRED');
    else if (checkedAt + RECHECK_SECONDS * 1000 <= performance.now()) void checkAgain(socket);
  }
}, 250).unref();
// #endregion

// #region ending
async function checkAgain(socket: Client): Promise<void> {
  socket.data.checkedAt = performance.now(); // at once: a slow store is not asked twice
  try {
    const { user } = await check(socket.data.claims);
    if (user.role !== socket.data.user.role) end(socket, 'FORBIDDEN'); // let it connect anew
  } catch (error) {
    const code = error instanceof Refusal ? error.data.code : 'AUTH_UNAVAILABLE';
    if (code !== 'AUTH_UNAVAILABLE') end(socket, code); // a store that is down ends nobody
  }
}

function end(socket: Client, code: Code): void {
  if (!socket.connected) return;
  log('ended', { code, user: socket.data.user.id, address: socket.handshake.address });
  socket.emit('ended', new Refusal(code).data);
  socket.disconnect();
}

function endWhere(matches: (socket: Client) => boolean, code: Code): void {
  for (const socket of live) if (matches(socket)) end(socket, code);
}

users.on('gone', (id) => {
  removedAt.set(id, performance.now());
  endWhere(({ data }) => data.user.id === id, 'USER_UNKNOWN');
});
// #endregion

// #region namespaces
/** Every namespace gets the same door, so this stands before any of them is made. */
function guard(namespace: Namespace<Heard, Told, Told, Login>): void {
  namespace.use(authenticate).on('connection', attend);
}
guard(io.of('/'));
io.on('new_namespace', guard);

// A name that nobody made asks for a token too, then says no. Without this, Socket.IO tells anyone
// "Invalid namespace" and keeps the connection. Make your own namespaces before `listen`.
const unknown = io.of((_name, _auth, allow) => allow(null, true));
unknown.use(authenticate).use(({ data, handshake }, next) => {
  log('refused', { code: 'FORBIDDEN', user: data.user.id, address: handshake.address });
  next(new Refusal('FORBIDDEN')); // closes nothing
});
// #endregion

const own = await listen(http, io, 3007);
if (origins.length === 0) origins.push(own);
