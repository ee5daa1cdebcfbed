// The packets of: passport. A server that finds out who is there, and refuses nobody.
import type { Express, Request, RequestHandler } from 'express';
import session from 'express-session';
import library from 'passport';
import type { Server } from 'socket.io';
import { cookieOf, expressOn, settings } from '../../examples/session-app.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** The user store. Who is not in it is gone. */
export type Users = Map<string, { id: string; name: string }>;

export type Passport = InstanceType<typeof library.Passport>;

/** A Passport of its own, which keeps a user's id. */
export function passportFor(users: Users): Passport {
  const passport = new library.Passport();
  passport.serializeUser<string>((user, done) => done(null, (user as { id: string }).id));
  passport.deserializeUser<string>((id, done) => done(null, users.get(id) ?? false));
  return passport;
}

/** `POST /login/u1` signs in without a password; `GET /me` says who it was. */
export function loginFor(app: Express, users: Users): void {
  app.post('/login/:id', (req, res, next) => {
    const user = users.get(req.params.id) ?? {};
    req.login(user, (error) => (error ? next(error) : res.sendStatus(204)));
  });
  app.get('/me', ({ user = null }, res) => void res.json(user));
}

/** Believes that passport.session() refuses. */
export function withoutCheck(io: Server, sessions: RequestHandler, passport: Passport): void {
  // #region no-check
  io.engine.use(sessions);
  io.engine.use(passport.session());
  io.on('connection', (socket) => {
    const { user = null } = socket.request as Request;
    socket.on('whoami', (answer) => answer(user));
  });
  // #endregion
}

export async function record({ plainServer, keep, send }: Run): Promise<void> {
  const plain = await plainServer();
  const users: Users = new Map([['u4', { id: 'u4', name: 'dave' }]]);
  const passport = passportFor(users);
  const sessions = session(settings());
  const app = expressOn(plain).use(sessions, passport.session());
  loginFor(app, users);
  withoutCheck(plain.io, sessions, passport);
  const headers = cookieOf(await fetch(`${plain.origin}/login/u4`, { method: 'POST' }));
  users.clear();
  plain.io.engine.on('initial_headers', (_headers: object, req: Request) => {
    keep(`Cookie: ${req.headers.cookie}`);
  });
  const dave = await openWebSocket(plain.origin, headers);
  await send(dave, '40');
  await dave.answer();
  await send(dave, '421["whoami"]');
  await dave.next('431');
  plain.io.emit('said', { from: { id: 'u1', name: 'ann' }, text: 'for members only' });
  await dave.next('42');
  keep(...dave.packets);
}
