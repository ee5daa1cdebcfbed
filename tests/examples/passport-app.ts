// An app with Passport in front of a bare Socket.IO server, as the lesson on Passport builds it.
import session from 'express-session';
import {
  loginFor,
  type Passport,
  passportFor,
  type Users,
  withoutCheck,
} from '../content/runs/passport.ts';
import type { Plain } from '../support/plain.ts';
import type { Raw } from '../support/raw.ts';
import { CountingStore, expressOn, settings } from './session-app.ts';

/** POST to the app's login, as Ann. */
export const logIn = (origin: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}/login/u1`, { method: 'POST', headers });

/** Express and the engine with one session and one Passport, and Ann in the user store. */
export function withPassport(plain: Plain, change?: (passport: Passport) => void) {
  const users: Users = new Map([['u1', { id: 'u1', name: 'ann' }]]);
  const passport = passportFor(users);
  change?.(passport);
  const store = new CountingStore();
  const sessions = session(settings({ store }));
  const app = expressOn(plain).use(sessions, passport.session());
  loginFor(app, users);
  withoutCheck(plain.io, sessions, passport);
  return { app, users, store };
}

/** CONNECT, then what the server says of the user: the packet. */
export async function whoami(raw: Raw): Promise<string | undefined> {
  await raw.connect();
  await raw.send('421["whoami"]');
  return raw.next('431');
}
