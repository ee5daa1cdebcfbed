// An Express app in front of a bare Socket.IO server, for what sessions do by themselves.
import type { IncomingMessage } from 'node:http';
import express, { type Express, type Request } from 'express';
import session, { type SessionOptions } from 'express-session';
import type { Server } from 'socket.io';
import type { Plain } from '../support/plain.ts';

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: string };
    role?: string;
    status?: string;
  }
}

/** The handshake's request, after the session's middleware. */
export const asked = (request: IncomingMessage): Request => request as Request;

/** What the examples of this course set, with what a test changes or leaves to the default. */
export function settings(
  change: Partial<SessionOptions> = {},
  leave: readonly (keyof SessionOptions)[] = [],
): SessionOptions {
  const secret = 'a secret of the tests, and of nothing else';
  const options = { name: 'sid', secret, resave: false, saveUninitialized: false, ...change };
  for (const name of leave) Reflect.deleteProperty(options, name);
  return options;
}

/** A MemoryStore that counts what is asked of it. */
export class CountingStore extends session.MemoryStore {
  readonly asked = { get: 0, set: 0, touch: 0 };

  override get(...args: Parameters<session.MemoryStore['get']>): void {
    this.asked.get += 1;
    super.get(...args);
  }

  override set(...args: Parameters<session.MemoryStore['set']>): void {
    this.asked.set += 1;
    super.set(...args);
  }

  override touch(...args: Parameters<session.MemoryStore['touch']>): void {
    this.asked.touch += 1;
    super.touch(...args);
  }

  /** The rows as they are stored. */
  get rows(): Record<string, session.SessionData> {
    const { sessions } = this as unknown as { sessions: Record<string, string> };
    return Object.fromEntries(Object.entries(sessions).map(([id, text]) => [id, JSON.parse(text)]));
  }
}

/** Puts Express on the bare server's port, for every path but the engine's. */
export function expressOn({ io }: Plain): Express {
  const app = express();
  io.httpServer.on('request', (req, res) => {
    if (!req.url?.startsWith('/socket.io/')) app(req, res);
  });
  return app;
}

/** A login, a question, and a socket for those who have a role in their session. */
export function withLogin(app: Express, io: Server): void {
  app.post('/login', ({ session }: Request, res) => {
    session.role = 'member';
    res.sendStatus(204);
  });
  app.get('/me', ({ session: { role } }: Request, res) => void res.json({ role }));
  io.use(({ request }, next) => {
    const missing = Object.assign(new Error('unauthorized'), { data: { code: 'SESSION_MISSING' } });
    next(asked(request).session.role ? undefined : missing);
  });
}

/** One session for Express and the engine, with a login. */
export function oneSession(
  plain: Plain,
  change: Partial<SessionOptions> = {},
  leave: readonly (keyof SessionOptions)[] = [],
): CountingStore {
  const store = new CountingStore();
  const sessions = session(settings({ store, ...change }, leave));
  const app = expressOn(plain).use(sessions);
  plain.io.engine.use(sessions);
  withLogin(app, plain.io);
  return store;
}

/** `sid=…` as a client sends it back. */
export function cookieOf(response: Response): { Cookie: string } {
  const [cookie] = response.headers.getSetCookie();
  if (!cookie) throw new Error(`no cookie: ${response.status}`);
  return { Cookie: cookie.split(';')[0] ?? '' };
}

/** The login of `withLogin`. */
export const logIn = (origin: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}/login`, { method: 'POST', headers });

/** A polling GET that opens a connection. */
export const poll = (origin: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { headers });
