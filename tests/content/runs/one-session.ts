// The packets of: one-session. A server whose two middlewares have a store each.
import type { Express } from 'express';
import session from 'express-session';
import type { Server } from 'socket.io';
import { cookieOf, expressOn, settings, withLogin } from '../../examples/session-app.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** Equal settings, and two stores. */
export function twoStores(app: Express, io: Server): void {
  const options = settings();
  // #region two-stores
  app.use(session(options));
  io.engine.use(session(options));
  // #endregion
}

export async function record({ plainServer, keep, send }: Run): Promise<void> {
  const plain = await plainServer();
  const app = expressOn(plain);
  app.use((req, _res, next) => {
    keep(`Cookie: ${req.headers.cookie}`);
    next();
  });
  twoStores(app, plain.io);
  withLogin(app, plain.io);
  const headers = cookieOf(await fetch(`${plain.origin}/login`, { method: 'POST' }));
  keep(await (await fetch(`${plain.origin}/me`, { headers })).text());
  const raw = await openWebSocket(plain.origin, headers);
  await send(raw, '40');
  await raw.answer();
  keep(...raw.packets);

  const other = await plainServer();
  const genid = () => 'kA7mWv2QxT9bLr4sYc0dEh6nUj3fGp8z'; // the page shows it
  const signing = expressOn(other);
  signing.use(session(settings({ genid, cookie: { sameSite: 'lax', maxAge: 30 * 60_000 } })));
  withLogin(signing, other.io);
  const login = await fetch(`${other.origin}/login`, { method: 'POST' });
  keep(`Set-Cookie: ${login.headers.getSetCookie()[0]}`);
}
