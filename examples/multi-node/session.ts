// The session and Passport, as an Express app has them. To reuse it, copy this folder.
import { parseCookie } from 'cookie';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { env } from '../lib/env.ts';
import { Refusal } from '../lib/refusal.ts';
import { secret } from '../lib/secret.ts';
import { type User, users } from '../lib/users.ts';
import { within } from '../lib/within.ts';
import { store } from './shared.ts';

// #region session
const secure = env.text('NODE_ENV') === 'production';
const maxAge = env.seconds('SESSION_TTL', 30 * 60) * 1000;
// A name with __Host- cannot be set from a sibling domain, or for one path. It needs TLS.
export const name = secure ? '__Host-sid' : 'sid';
export const cookie = { httpOnly: true, sameSite: 'lax', secure, maxAge } as const;
export const key = secret('SESSION_SECRET');

/** One middleware, with one store, for Express and for the handshakes of Socket.IO. */
export const sessions = session({
  ...{ name, cookie, store, secret: key },
  resave: false,
  saveUninitialized: false, // a visitor who has not signed in is not stored
  proxy: secure, // TLS may end at a proxy, which says so in X-Forwarded-Proto
});

/** The session cookie of a Cookie header. Of two with the name one was planted: neither counts. */
export function sidIn(cookies = ''): string | undefined {
  const found = cookies.split(';').filter((pair) => pair.split('=', 1)[0]?.trim() === name);
  return found.length > 1 ? undefined : parseCookie(found[0] ?? '')[name];
}
// #endregion

// #region soon
/** A middleware that asks a store, given up after 3 seconds: a store that hangs keeps no request. */
export function soon(middleware: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const done = new Promise<void>((resolve, reject) => {
      middleware(req, res, (error) => (error ? reject(error) : resolve()));
    });
    within(3_000, done).then(() => next(), next);
  };
}

/** What goes wrong there is the store's fault, and not the client's. */
export const storeDown: ErrorRequestHandler = (error, _req, _res, next) => {
  next(error instanceof Refusal ? error : new Refusal('AUTH_UNAVAILABLE'));
};
// #endregion

// #region passport
export type Person = Pick<User, 'id' | 'name' | 'role'>;
declare global {
  namespace Express {
    interface User extends Person {}
  }
}
declare module 'express-session' {
  interface SessionData {
    passport?: { user?: string };
  }
}

passport.use(
  new Strategy((username, password, done) => {
    users.verifyPassword(username, password).then((user) => done(null, user ?? false), done);
  }),
);
passport.serializeUser<string>((user, done) => done(null, user.id));
passport.deserializeUser<string, Request>((req, id, done) => {
  if (isClosed(req.sessionID)) return done(null, false); // logged out, whatever the store says
  users.findById(id).then((user) => {
    if (!user || user.disabled) return done(null, false); // the session stays, the person does not
    done(null, { id, name: user.name, role: user.role });
  }, done);
});
// #endregion

// #region closed
const closed = new Map<string, number>(); // on this node: the id, and when it may be forgotten

/** From here on no handshake on its way lets the session in, whatever the store says. */
export function closeSession(sid: string): void {
  for (const [id, end] of closed) if (end < Date.now()) closed.delete(id);
  closed.set(sid, Date.now() + maxAge);
}
export const isClosed = (sid: string) => closed.has(sid);
// #endregion
