// An Express session with Passport, shared with Socket.IO. To reuse it, copy this folder and what it
// imports from lib. The session itself stands in session.ts, the chat room in room.ts.
import { hash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import express, { type Request, type RequestHandler } from 'express';
import passport from 'passport';
import { type Namespace, Server, type Socket } from 'socket.io';
import { attempts } from '../lib/attempts.ts';
import { env } from '../lib/env.ts';
import { errors } from '../lib/errors.ts';
import { listen } from '../lib/listen.ts';
import { log } from '../lib/log.ts';
import { page } from '../lib/page.ts';
import { type Code, Refusal } from '../lib/refusal.ts';
import { users } from '../lib/users.ts';
import { within } from '../lib/within.ts';
import { enterRoom, type Heard, type Told } from './room.ts';
import {
  closeSession,
  cookie,
  isClosed,
  name,
  type Person,
  sessions,
  sidIn,
  soon,
  store,
  storeDown,
} from './session.ts';

const RECHECK_SECONDS = env.seconds('RECHECK_SECONDS', 30);
const origins = env.list('ORIGINS');

// #region check
type Asked = Request & { _query: { sid?: string }; failed?: boolean };
type Login = { sid: string; user: Person; status: string; until: number; checkedAt: number };

// When a user was removed or disabled: a lookup that began before that is out of date.
const removedAt = new Map<string, number>();
const load = promisify(store.get.bind(store));

/** The handshake read the session once, and that is past. This asks what is true now. */
async function check(sid: string, id: string): Promise<Login> {
  const checkedAt = performance.now(); // ms, and no change of the clock moves it
  const asked = Promise.all([users.findById(id), load(sid)]);
  const [user, kept] = await within(3_000, asked).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE', id); // "missing" would make clients drop a good login
  });
  if (kept?.passport?.user !== id) throw new Refusal('SESSION_EXPIRED', id);
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN', id);
  const until = new Date(kept.cookie.expires ?? 0).getTime(); // each HTTP request moves it
  const { status = '' } = kept;
  const person = { id, name: user.name, role: user.role };
  const login = { sid, user: person, status, until, checkedAt };
  const code = revoked(login); // asked last: nothing is awaited after it
  if (code) throw new Refusal(code, id);
  return login;
}

function revoked({ sid, user, checkedAt }: Login): Code | undefined {
  if (isClosed(sid)) return 'SESSION_EXPIRED';
  return (removedAt.get(user.id) ?? -1) >= checkedAt ? 'USER_UNKNOWN' : undefined;
}
// #endregion

// #region origin
/** A page of another origin has no business here. Same-origin polling GETs carry no Origin at all. */
function fromOwnPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  return ['undefined', 'same-origin', 'none'].includes(String(headers['sec-fetch-site']));
}

const app = express().disable('x-powered-by').set('trust proxy', env.list('TRUST_PROXY'));
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
});
// #endregion

// #region engine
// The engine's sid stands in URLs. It is good with the cookie that opened the connection alone.
const seal = (cookies?: string) => hash('sha256', sidIn(cookies) ?? '', 'base64url');
io.engine.generateId = ({ headers }) => `${randomUUID()}.${seal(headers.cookie)}`;
io.engine.use((req: Asked, _res: object, next: (error?: Error) => void) => {
  const { sid } = req._query; // allowRequest does not see a request with one
  const fits = !sid || (fromOwnPage(req) && sid.endsWith(seal(req.headers.cookie)));
  next(fits ? undefined : new Error('another cookie, or another page'));
});

/** The engine calls a middleware for each of its requests. One without a sid is a handshake. */
function atHandshake(middleware: RequestHandler) {
  return (req: Asked, res: Parameters<RequestHandler>[1], next: () => void) => {
    const { failed, headers, _query } = req;
    if (_query.sid || failed || !fromOwnPage(req) || !sidIn(headers.cookie)) return next();
    middleware(req, res, (error) => {
      req.failed = Boolean(error); // said at CONNECT, where the client gets a code
      next();
    });
  };
}
io.engine.use(atHandshake(soon(sessions)));
io.engine.use(atHandshake(soon(passport.session())));
// #endregion

// #region http
app.use(page, (req, res, next) => {
  if (!sidIn(req.headers.cookie)) delete req.headers.cookie; // of two with the name neither counts
  if (['GET', 'HEAD'].includes(req.method)) return next();
  if (!fromOwnPage(req)) throw new Refusal('FORBIDDEN'); // for the cookie comes with its POST too
  req.is('json') ? next() : res.sendStatus(415); // a foreign page may not send JSON unasked
});
app.use(soon(sessions));
app.post('/logout', (req, res, next) => {
  res.clearCookie(name, cookie);
  if (!req.session.passport?.user) throw new Refusal('SESSION_MISSING');
  endSession(req.sessionID); // before the user is looked up: a logout needs no user store
  next();
});
app.use(soon(passport.session()), storeDown);
app.post('/login', ...attempts, (req, res, next) => {
  const done: passport.AuthenticateCallback = (error, user) => {
    if (error || !user) return next(new Refusal(error ? 'AUTH_UNAVAILABLE' : 'WRONG_CREDENTIALS'));
    endSession(req.sessionID); // login makes a new one: an id that was planted is worth nothing
    req.login(user, (failed) => (failed ? storeDown(failed, req, res, next) : res.sendStatus(204)));
  };
  passport.authenticate('local', done)(req, res, next);
});
app.get('/me', ({ user }, res) => {
  if (!user) throw new Refusal('SESSION_MISSING');
  res.json(user);
});
app.post('/logout', (req, res, next) => {
  req.logout((failed) => {
    if (failed) storeDown(failed, req, res, next);
    else req.session.destroy(() => res.sendStatus(204)); // logout begins a new one, for nobody
  });
});
app.use(errors);
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
    const { user, session, sessionID, failed } = socket.request as Asked;
    if (failed) throw new Refusal('AUTH_UNAVAILABLE');
    if (!user) throw new Refusal(session?.passport ? 'USER_UNKNOWN' : 'SESSION_MISSING');
    socket.data = await check(sessionID, user.id);
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
/** Cuts every socket of a session, in every namespace. */
function endSession(sid: string): void {
  closeSession(sid);
  endWhere(({ data }) => data.sid === sid, 'SESSION_EXPIRED');
}

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
  const { user } = socket.data;
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
  const code = revoked(socket.data); // between the check and this line, ticks have passed
  if (code) end(socket, code);
}

// One round for all sockets, four times a second: the stores are asked again after a while, and when
// the session should have ended. A look that does not come back then does not hold it any longer.
setInterval(() => {
  for (const socket of live) {
    const age = performance.now() - socket.data.checkedAt; // ms since the last look began
    const late = Date.now() - socket.data.until; // ms since the end, if no request has moved it
    if (late >= 0 ? age >= late : age >= RECHECK_SECONDS * 1000) void checkAgain(socket);
    else if (late >= 250) end(socket, 'SESSION_EXPIRED');
  }
}, 250).unref();
// #endregion

// #region ending
async function checkAgain(socket: Client): Promise<void> {
  const { sid, user } = socket.data;
  socket.data.checkedAt = performance.now(); // at once: a slow store is not asked twice
  try {
    const login = await check(sid, user.id);
    if (login.user.role !== user.role) end(socket, 'FORBIDDEN'); // let it connect anew
    // A store may move the end and leave the row's date as it was: then it is asked once a second.
    socket.data.until = Math.max(login.until, Date.now() + 1_000);
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

// A name that nobody made asks for a session too, then says no. Without this, Socket.IO tells anyone
// "Invalid namespace" and keeps the connection. Make your own namespaces before `listen`.
const unknown = io.of((_name, _auth, allow) => allow(null, true));
unknown.use(authenticate).use(({ data, handshake }, next) => {
  log('refused', { code: 'FORBIDDEN', user: data.user.id, address: handshake.address });
  next(new Refusal('FORBIDDEN')); // closes nothing
});
// #endregion

const own = await listen(http, io, 3005);
if (origins.length === 0) origins.push(own);
