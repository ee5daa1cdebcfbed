// The packets of: session-writes. A server that saves what it read at the handshake.
import type { Request } from 'express';
import session from 'express-session';
import type { Server } from 'socket.io';
import { cookieOf, expressOn, settings } from '../../examples/session-app.ts';
import { openWebSocket } from '../../support/raw.ts';
import { loginFor, passportFor, type Users, withoutCheck } from './passport.ts';
import type { Run } from './run.ts';

/** Changes the session of the handshake, and saves it. */
export function saveOnly(io: Server): void {
  // #region save-only
  io.on('connection', (socket) => {
    socket.on('status', (text, answer) => {
      const { session } = socket.request as Request;
      session.status = text;
      session.save(() => answer({ ok: true }));
    });
  });
  // #endregion
}

export async function record({ plainServer, keep, send }: Run): Promise<void> {
  const plain = await plainServer();
  const users: Users = new Map([['u1', { id: 'u1', name: 'ann' }]]);
  const passport = passportFor(users);
  const sessions = session(settings());
  const app = expressOn(plain).use(sessions, passport.session());
  loginFor(app, users);
  app.post('/logout', (req, res) => req.logout(() => res.sendStatus(204)));
  withoutCheck(plain.io, sessions, passport);
  saveOnly(plain.io);
  const headers = cookieOf(await fetch(`${plain.origin}/login/u1`, { method: 'POST' }));
  const ann = await openWebSocket(plain.origin, headers);
  await ann.connect();
  keep(`Cookie: ${headers.Cookie}`);
  const logout = await fetch(`${plain.origin}/logout`, { method: 'POST', headers });
  keep(`${logout.status} ${logout.statusText}`);
  await send(ann, '421["status","at lunch"]');
  await ann.next('431');
  keep(await (await fetch(`${plain.origin}/me`, { headers })).text());
  keep(...ann.packets);
}
