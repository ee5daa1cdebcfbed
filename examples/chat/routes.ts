// The HTTP routes: sign up, sign in with a session or with tokens, refresh, who am I, sign out.
import { type RequestHandler, Router } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { attempts } from '../lib/attempts.ts';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';
import { check, credentialOf } from './check.ts';
import { orDown } from './down.ts';
import { endLogin } from './live.ts';
import { weakness } from './passwords.ts';
import { beginSession, cookie, name } from './session.ts';
import { rowOf } from './session-store.ts';
import { accounts, logins } from './store.ts';
import { signToken, TOKEN_TTL } from './tokens.ts';

export const routes = Router();
const bearer = (header = '') => /^Bearer (\S+)$/i.exec(header)?.[1];

/** The login of a request, by either carrier, looked up anew. */
export const whose: RequestHandler = async (req, res, next) => {
  res.locals.login = await check(credentialOf(bearer(req.headers.authorization), req));
  res.set('Cache-Control', 'no-store');
  next();
};

// #region sign-up
// An account costs a hash and a row. lesson: limits
const signUps = new RateLimiterMemory({ keyPrefix: 'sign-up', points: 20, duration: 60 * 60 });
// One alphabet, and no capitals: nobody is called like somebody else to the eye.
const Name = z.string().regex(/^[a-z0-9][a-z0-9_-]{2,23}$/);

routes.post('/signup', ...attempts, async (req, res) => {
  const { username, password } = req.body;
  const parsed = Name.safeParse(String(username).toLowerCase());
  const wrong = parsed.success
    ? weakness(username, password)
    : 'A name has 3 to 24 of the characters a-z, 0-9, - and _.';
  if (wrong) return void res.status(400).json({ code: 'BAD_REQUEST', message: wrong });
  await signUps.consume(req.ip ?? ''); // before the hash is made
  const user = await orDown(accounts.create(username, password));
  if (!user)
    return void res.status(409).json({ code: 'NAME_TAKEN', message: 'This name is taken.' });
  log('signed up', { user: user.id, address: req.ip });
  res.status(201).json({ id: user.id, name: user.name });
});
// #endregion

// #region sign-in
/** lesson: start */
const checkPassword: RequestHandler = async (req, res, next) => {
  const { username, password } = req.body;
  const user = await orDown(accounts.verify(username, password));
  if (!user) throw new Refusal('WRONG_CREDENTIALS');
  log('signed in', { user: user.id, address: req.ip });
  res.locals.user = user;
  next();
};

/** A browser: what it keeps is a cookie that no script reads. */
routes.post('/login', ...attempts, checkPassword, async (req, res) => {
  endLogin(rowOf(req.sessionID)); // who signs in anew leaves the old login, and its sockets
  await orDown(beginSession(req, res.locals.user.id));
  res.sendStatus(204);
});

/** An app: what it keeps is a short token, and one to get the next with. */
routes.post('/token', ...attempts, checkPassword, async (_req, res) => {
  const { id, account, refresh } = await orDown(logins.begin(res.locals.user.id));
  res.json({ token: signToken(account, id), refresh, expiresIn: TOKEN_TTL });
});
// #endregion

// #region refresh
const refreshes = new RateLimiterMemory({ keyPrefix: 'refresh', points: 100, duration: 60 });
const Refresh = z.object({ refresh: z.string().regex(/^[\w.-]{1,200}$/) });

routes.post('/refresh', async (req, res) => {
  await refreshes.consume(req.ip ?? '');
  const body = Refresh.safeParse(req.body);
  if (!body.success) throw new Refusal('BAD_PAYLOAD');
  const family = await orDown(logins.rotate(body.data.refresh));
  if (family && 'burned' in family) {
    log('burned', { code: 'TOKEN_INVALID', user: family.account, address: req.ip });
    endLogin(family.burned); // the thief's socket too, whoever of the two that is
  }
  if (!family || 'burned' in family) throw new Refusal('TOKEN_INVALID');
  res.set('Cache-Control', 'no-store');
  res.json({
    token: signToken(family.account, family.id),
    refresh: family.refresh,
    expiresIn: TOKEN_TTL,
  });
});
// #endregion

// #region sign-out
/** Needs no user, and works for an account that is disabled. lesson: logout */
routes.post('/logout', async (req, res) => {
  res.clearCookie(name, cookie);
  const { by, id, user } = credentialOf(bearer(req.headers.authorization), req);
  endLogin(id); // first: a check that is under way ends outside, whatever its look has found
  const ended =
    by === 'token'
      ? logins.end(id)
      : new Promise((resolve, reject) => {
          req.session.destroy((error) => (error ? reject(error) : resolve(true)));
        });
  await orDown(ended, user);
  log('signed out', { user, address: req.ip });
  res.sendStatus(204);
});
// #endregion

routes.get('/me', whose, (_req, res) => void res.json(res.locals.login.user));
