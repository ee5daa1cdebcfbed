// The session of a browser: one middleware, with one store, for Express and for the handshakes of
// Socket.IO. lesson: one-session
import { promisify } from 'node:util';
import { parseCookie } from 'cookie';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import session from 'express-session';
import { env } from '../lib/env.ts';
import { Refusal } from '../lib/refusal.ts';
import { secret } from '../lib/secret.ts';
import { within } from '../lib/within.ts';
import { sessions as store } from './store.ts';

// #region session
const secure = env.text('NODE_ENV') === 'production';
const maxAge = env.seconds('SESSION_TTL', 30 * 60) * 1000;
// A name with __Host- cannot be set from a sibling domain, or for one path. lesson: cookies-cross
export const name = secure ? '__Host-sid' : 'sid';
// No script reads it, so none can carry it away. lesson: jwt-cookie
export const cookie = { httpOnly: true, sameSite: 'lax', secure, maxAge } as const;

export const sessions = session({
  ...{ name, cookie, store, secret: secret('SESSION_SECRET') },
  resave: false,
  saveUninitialized: false, // a visitor who has not signed in is not stored
  rolling: true, // an HTTP request moves the end, in the table and in the browser
  proxy: secure, // TLS may end at a proxy, which says so in X-Forwarded-Proto. lesson: proxies-nodes
});

/** The session cookie of a Cookie header. Of two with the name one was planted: neither counts. */
export function sidIn(cookies = ''): string | undefined {
  const found = cookies.split(';').filter((pair) => pair.split('=', 1)[0]?.trim() === name);
  return found.length > 1 ? undefined : parseCookie(found[0] ?? '')[name];
}
// #endregion

/** A middleware that asks a store, given up after 3 seconds: a store that hangs keeps no request. */
export function soon(middleware: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const done = new Promise<void>((resolve, reject) => {
      middleware(req, res, (error) => (error ? reject(error) : resolve()));
    });
    within(3_000, done).then(() => next(), next);
  };
}

/** What goes wrong there is the store's fault, and not the client's. lesson: auth-field */
export const storeDown: ErrorRequestHandler = (error, _req, _res, next) => {
  next(error instanceof Refusal ? error : new Refusal('AUTH_UNAVAILABLE'));
};

// #region begin
/** A new session for this user. An id that was planted before is worth nothing. lesson: passport */
export async function beginSession(req: Request, user: string): Promise<void> {
  await promisify(req.session.regenerate.bind(req.session))();
  req.session.user = user;
  await promisify(req.session.save.bind(req.session))(); // stored before the answer goes out
}
// #endregion
