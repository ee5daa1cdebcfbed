// session-passport on several nodes: one session, one room, one logout. To reuse it, copy this folder
// and what it imports from lib. What the nodes share stands in shared.ts, the front in front.ts.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
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
import { type Asked, addressOf, fromOwnPage, guardEngine, origins, proxies } from './engine.ts';
import { front, joinFront } from './front.ts';
import { type Between, enterRoom, type Heard, shareRoom, type Told } from './room.ts';
import {
  closeSession,
  cookie,
  isClosed,
  key,
  name,
  type Person,
  sessions,
  sidIn,
  soon,
  storeDown,
} from './session.ts';
import { hasOthers, isFront, joinNodes, look, node, nodes, store } from './shared.ts';

const RECHECK_SECONDS = env.seconds('RECHECK_SECONDS', 30);
const GRACE_SECONDS = env.seconds('GRACE_SECONDS', 5 * 60);
if (GRACE_SECONDS <= RECHECK_SECONDS) env.stop('GRACE_SECONDS must be more than RECHECK_SECONDS.');

// The front deals connections out and does nothing else: it never gets past this line.
if (isFront) await front(nodes, key.export().toString('base64'), 3011);

// #region check
type Login = { sid: string; user: Person; until: number; checkedAt: number; seenAt: number };

// When a user was removed or disabled: a lookup that began before that is out of date.
const removedAt = new Map<string, number>();

/** The handshake read the session once, and that is past. This asks what is true now. */
async function check(sid: string, id: string): Promise<Login> {
  const checkedAt = performance.now(); // ms, and no change of the clock moves it
  const asked = Promise.all([users.findById(id), look(sid)]);
  const [user, kept] = await within(3_000, asked).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE', id); // "missing" would make clients drop a good login
  });
  if (kept.id !== id) throw new Refusal('SESSION_EXPIRED', id);
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN', id);
  const person = { id, name: user.name, role: user.role };
  const login = { sid, user: person, until: kept.until, checkedAt, seenAt: checkedAt };
  const code = revoked(login); // asked last: nothing is awaited after it
  if (code) throw new Refusal(code, id);
  return login;
}

function revoked({ sid, user, checkedAt }: Login): Code | undefined {
  if (isClosed(sid)) return 'SESSION_EXPIRED';
  return (removedAt.get(user.id) ?? -1) >= checkedAt ? 'USER_UNKNOWN' : undefined;
}
// #endregion

// #region server
export type Io = Server<Heard, Told, Between, Login>;
const app = express().disable('x-powered-by').set('trust proxy', proxies);
const http = createServer(app);
const io: Io = new Server(http, {
  allowRequest: (req, callback) => {
    if (fromOwnPage(req)) return callback(null, true);
    log('refused', { code: 'FORBIDDEN', user: undefined, address: addressOf(req), node });
    callback('FORBIDDEN: this origin is not allowed', false);
  },
  connectTimeout: 10_000,
  maxHttpBufferSize: 20_000,
  cleanupEmptyChildNamespaces: true,
});
guardEngine(io);
const behindFront = cluster.isWorker ? joinFront(io) : undefined;
// #endregion

// #region logout
/** Cuts every socket of a session, in every namespace, on every node. */
function endSession(sid: string): void {
  endHere(sid);
  if (hasOthers) io.serverSideEmit('closed', sid); // at most once: a node that is away misses it
}

function endHere(sid: string): void {
  closeSession(sid);
  endWhere(({ data }) => data.sid === sid, 'SESSION_EXPIRED');
}
io.on('closed', endHere);

/** A logout while the store is away. The cookie's signature was right: here that will do. */
const closeUnread: ErrorRequestHandler = (error, req, _res, next) => {
  if (req.method === 'POST' && req.sessionID) {
    endSession(req.sessionID);
    store.destroy(req.sessionID, () => {}); // if this process lives until the store is back
  }
  next(error); // the answer stays an error, for the session is not gone yet
};
// #endregion

// #region http
app.use(page, (req, res, next) => {
  if (!sidIn(req.headers.cookie)) delete req.headers.cookie; // of two with the name neither counts
  if (['GET', 'HEAD'].includes(req.method)) return next();
  if (!fromOwnPage(req)) throw new Refusal('FORBIDDEN'); // for the cookie comes with its POST too
  req.is('json') ? next() : res.sendStatus(415); // a foreign page may not send JSON unasked
});
app.use(soon(sessions));
app.use('/logout', closeUnread);
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

export type Client = Socket<Heard, Told, Between, Login>;

// #region door
type Door = { pending: Set<string>; inside: Set<string>; shut: boolean }; // names of namespaces
const doors = new WeakMap<Client['conn'], Door>();

/** One connection is no place to guess: few CONNECTs at a time, and a refusal closes it. */
async function authenticate(socket: Client, next: (error?: Error) => void): Promise<void> {
  const { conn, nsp } = socket;
  const address = addressOf(conn.request);
  const door = doors.get(conn);
  if (!door || door.shut || door.pending.has(nsp.name) || door.pending.size === 5) {
    const code = 'RATE_LIMITED';
    if (!door?.shut) log('refused', { code, user: undefined, address, node }); // once
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
    log('refused', { code, user: refusal.userId, address, node });
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
  enterRoom(socket, io, () => end(socket, 'RATE_LIMITED'));
  const code = revoked(socket.data); // between the check and this line, ticks have passed
  if (code) end(socket, code);
}

// #region round
// One round for all sockets, four times a second. It needs no other node: the stores are asked
// after a while, and when the session should end. Too long without an answer is the end too.
setInterval(() => {
  for (const socket of live) {
    const { checkedAt, seenAt, until } = socket.data;
    const age = performance.now() - checkedAt; // ms since the last look began
    const late = Date.now() - until; // ms since the end, if no request has moved it
    if (performance.now() - seenAt >= GRACE_SECONDS * 1000) end(socket, 'AUTH_UNAVAILABLE');
    else if (late >= 0 ? age >= late : age >= RECHECK_SECONDS * 1000) void checkAgain(socket);
    else if (late >= 250) end(socket, 'SESSION_EXPIRED');
  }
}, 250).unref();
// #endregion round
// #endregion

// #region ending
async function checkAgain(socket: Client): Promise<void> {
  const { sid, user } = socket.data;
  socket.data.checkedAt = performance.now(); // at once: a slow store is not asked twice
  try {
    const login = await check(sid, user.id);
    if (login.user.role !== user.role) end(socket, 'FORBIDDEN'); // let it connect anew
    socket.data.until = login.until;
    socket.data.seenAt = login.seenAt;
  } catch (error) {
    const code = error instanceof Refusal ? error.data.code : 'AUTH_UNAVAILABLE';
    if (code !== 'AUTH_UNAVAILABLE') end(socket, code); // a store that is down ends nobody yet
  }
}

function end(socket: Client, code: Code): void {
  if (!socket.connected) return;
  const address = addressOf(socket.request);
  log('ended', { code, user: socket.data.user.id, address, node });
  socket.emit('ended', new Refusal(code).data);
  socket.disconnect();
}

function endWhere(matches: (socket: Client) => boolean, code: Code): void {
  for (const socket of live) if (matches(socket)) end(socket, code);
}

function removeHere(id: string): void {
  removedAt.set(id, performance.now());
  endWhere(({ data }) => data.user.id === id, 'USER_UNKNOWN');
}
io.on('gone', removeHere);
users.on('gone', (id) => {
  removeHere(id);
  if (hasOthers) io.serverSideEmit('gone', id);
});
// #endregion

// #region namespaces
/** Every namespace gets the same door, so this stands before any of them is made. */
function guard(namespace: Namespace<Heard, Told, Between, Login>): void {
  namespace.use(authenticate).on('connection', attend);
}
joinNodes(io);
guard(io.of('/'));
io.on('new_namespace', guard);

// A name that nobody made asks for a session too, then says no. Without this, Socket.IO tells anyone
// "Invalid namespace" and keeps the connection. Make your own namespaces before `listen`.
const unknown = io.of((_name, _auth, allow) => allow(null, true));
unknown.use(authenticate).use(({ data, request }, next) => {
  log('refused', { code: 'FORBIDDEN', user: data.user.id, address: addressOf(request), node });
  next(new Refusal('FORBIDDEN')); // closes nothing
});
// #endregion

shareRoom(io);
const own = await (behindFront ?? listen(http, io, 3011));
if (origins.length === 0) origins.push(own);
