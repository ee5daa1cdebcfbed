// A JWT in the handshake's `auth` field. To reuse it, copy this file and what it imports from lib.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import express, { type Request, type Response } from 'express';
import jwt from 'jsonwebtoken';
import { RateLimiterMemory } from 'rate-limiter-flexible';
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

const key = secret('JWT_SECRET');
const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);
const RECHECK_SECONDS = env.seconds('RECHECK_SECONDS', 30);
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
type Login = { claims: Claims; user: Pick<User, 'id' | 'name' | 'role'> };

// The `jti` and `exp` of tokens that were logged out. It is in memory: after a restart such a token
// is good again until its `exp`. Keep it in a shared store if that, or a second node, matters.
const loggedOut = new Map<string, number>();

/** The signature proves what was true at login. The lookup asks what is true now. */
async function check(claims: Claims): Promise<Login> {
  const { sub, jti, exp } = claims;
  if (exp * 1000 <= Date.now()) throw new Refusal('TOKEN_EXPIRED', sub);
  const user = await users.findById(sub).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE', sub); // "invalid" would make clients drop a good login
  });
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN', sub);
  if (loggedOut.has(jti)) throw new Refusal('TOKEN_INVALID', sub); // last: nothing is awaited after
  return { claims, user: { id: user.id, name: user.name, role: user.role } };
}

const signIn = async (token: unknown) => check(readToken(token));
// #endregion

// #region http
const bearer = (req: Request) => /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];

const app = express().use(page);
app.post(
  '/login',
  login,
  (_req: Request, res: Response) => void res.json({ token: signToken(res.locals.user.id) }),
);
app.get('/me', async (req, res) => void res.json((await signIn(bearer(req))).user));
app.post('/logout', (req, res) => {
  const { jti, exp } = readToken(bearer(req)); // no lookup: a logout works while the store is down
  for (const [id, end] of loggedOut) if (end * 1000 < Date.now()) loggedOut.delete(id);
  loggedOut.set(jti, exp);
  endWhere(({ claims }) => claims.jti === jti, 'TOKEN_INVALID');
  res.sendStatus(204);
});
app.use(errors);
// #endregion

// #region origin
/** A page of another origin has no business here. Same-origin polling GETs carry no Origin at all. */
function fromOwnPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  return !['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']));
}

const http = createServer(app);
const io: Server<Heard, Told, Told, Login> = new Server(http, {
  allowRequest: (req, callback) => {
    if (fromOwnPage(req)) return callback(null, true);
    log('refused', { code: 'FORBIDDEN', user: null, address: req.socket.remoteAddress ?? null });
    callback('FORBIDDEN: this origin is not allowed', false);
  },
  connectTimeout: 10_000,
  maxHttpBufferSize: 20_000,
  cleanupEmptyChildNamespaces: true,
});
// #endregion

type Heard = Record<'whoami' | 'say', (...args: unknown[]) => void>;
type Told = Record<'said' | 'ended', (message: object) => void>;
type Client = Socket<Heard, Told, Told, Login>;
type Next = (error?: Error) => void;

// #region door
const doors = new WeakMap<Client['conn'], { pending: number; inside: number; shut: boolean }>();

/** One connection is no place to guess: few CONNECTs at a time, and a refusal closes it. */
async function authenticate(socket: Client, next: Next): Promise<void> {
  const door = doors.get(socket.conn) ?? { pending: 0, inside: 0, shut: false };
  doors.set(socket.conn, door);
  if (door.shut || door.pending === 5) {
    door.shut = true;
    socket.conn.close(); // from here on no answer leaves; next() only lets the server forget it
    return next(new Refusal('TOKEN_INVALID'));
  }
  door.pending += 1;
  const result = await signIn(socket.handshake.auth.token).catch((error: Error) => error);
  door.pending -= 1;
  if (!(result instanceof Error)) {
    socket.data = result;
    return next();
  }
  door.shut = true;
  refuse(socket, next, result instanceof Refusal ? result : new Refusal('AUTH_UNAVAILABLE'));
  setImmediate(() => socket.conn.close()); // after the answer, which leaves on the next tick
}

// #endregion

function refuse(socket: Client, next: Next, refusal: Refusal): void {
  const { data, userId = null } = refusal;
  log('refused', { code: data.code, user: userId, address: socket.handshake.address });
  next(refusal); // the client receives its message and its data, nothing else of it
}

// #region lifetime
const live = new Set<Client>();

/** From here on the socket receives events. The check is made again: now, at intervals, at `exp`. */
function attend(socket: Client): void {
  const door = doors.get(socket.conn);
  if (door) door.inside += 1;
  live.add(socket);
  socket.join(`user:${socket.data.user.id}`);
  listenTo(socket, 'whoami');
  listenTo(socket, 'say');
  let timer: NodeJS.Timeout;
  const watch = () => {
    const left = socket.data.claims.exp * 1000 - Date.now();
    timer = setTimeout(watch, Math.min(Math.max(left, 0), RECHECK_SECONDS * 1000));
    void checkAgain(socket);
  };
  watch();
  socket.on('disconnect', () => {
    clearTimeout(timer);
    live.delete(socket);
    if (door && --door.inside === 0) socket.conn.close(); // no connection without a namespace
  });
}

async function checkAgain(socket: Client): Promise<void> {
  try {
    const { user } = await check(socket.data.claims);
    if (user.role !== socket.data.user.role) end(socket, 'FORBIDDEN'); // doors look at the old one
  } catch (error) {
    const code = error instanceof Refusal ? error.data.code : 'AUTH_UNAVAILABLE';
    if (code !== 'AUTH_UNAVAILABLE') end(socket, code); // a store that is down ends nobody
  }
}

// #endregion

// #region ending
function end(socket: Client, code: Code): void {
  if (!socket.connected) return;
  log('ended', { code, user: socket.data.user.id, address: socket.handshake.address });
  socket.emit('ended', new Refusal(code).data);
  socket.disconnect();
}

function endWhere(matches: (login: Login) => boolean, code: Code): void {
  for (const socket of live) if (matches(socket.data)) end(socket, code);
}

users.on('gone', (id) => endWhere(({ user }) => user.id === id, 'USER_UNKNOWN'));
// #endregion

// #region events
const Say = z.object({ text: z.string().trim().min(1).max(500) });
const budget = new RateLimiterMemory({ points: 20, duration: 10 }); // events of one user, in seconds

const commands: Record<keyof Heard, (socket: Client, payload: unknown) => unknown> = {
  whoami: ({ data }) => data.user,
  say: ({ data: { user }, nsp }, payload) => {
    nsp.emit('said', { from: { id: user.id, name: user.name }, text: Say.parse(payload).text });
    return { ok: true };
  },
};

/** A payload may be anything, and the acknowledgement may be missing: neither ends the process. */
function listenTo(socket: Client, event: keyof Heard): void {
  socket.on(event, async (...args) => {
    const last = args.at(-1);
    const answer = typeof last === 'function' ? last : () => {};
    try {
      await budget.consume(socket.data.user.id);
      if (socket.connected) answer(commands[event](socket, args[0])); // else it ended meanwhile
    } catch (error) {
      const code = error instanceof z.ZodError ? 'BAD_PAYLOAD' : 'RATE_LIMITED';
      answer({ error: new Refusal(code).data });
    }
  });
}
// #endregion

// #region namespaces
/** Every namespace gets the same door, so this stands before any of them is made. */
function guard(namespace: Namespace<Heard, Told, Told, Login>): void {
  namespace.use(authenticate).on('connection', attend);
}
guard(io.of('/'));
io.on('new_namespace', guard);

function forbid(socket: Client, next: Next): void {
  refuse(socket, next, new Refusal('FORBIDDEN', socket.data.user.id)); // closes nothing
}
io.of('/admin').use((socket, next) => {
  socket.data.user.role === 'admin' ? next() : forbid(socket, next);
});
// A name that nobody made asks for a token too, then says no. By itself Socket.IO answers anyone.
io.of((_name, _auth, allow) => allow(null, true))
  .use(authenticate)
  .use(forbid);
// #endregion

const own = await listen(http, io, 3001);
if (origins.length === 0) origins.push(own);
