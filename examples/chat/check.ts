// The one check. A browser comes with a session, an app with a token: from here on there are logins.
import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { type Code, Refusal } from '../lib/refusal.ts';
import type { User } from '../lib/users.ts';
import { within } from '../lib/within.ts';
import { orDown } from './down.ts';
import { name } from './session.ts';
import { rowOf } from './session-store.ts';
import { accounts, logins, sessions } from './store.ts';
import { readToken } from './tokens.ts';

// #region credential
/** What was presented, and in itself is all right: a signed cookie with a session, or a token. */
export interface Credential {
  by: 'session' | 'token';
  /** The login's row in the database. */
  id: string;
  user: string;
  /** Milliseconds since 1970: the token's `exp`. A session has none of its own. */
  exp: number;
}
export type Presented = IncomingMessage & Partial<Request> & { failed?: boolean };

/** A token counts, if there is one; else the session that the middleware has read. */
export function credentialOf(token: unknown, req: Presented): Credential {
  if (token !== undefined) {
    const { sid, sub, exp } = readToken(token); // lesson: other-clients
    return { by: 'token', id: sid, user: sub, exp: exp * 1000 };
  }
  if (req.failed) throw new Refusal('AUTH_UNAVAILABLE');
  const { session, sessionID = '' } = req;
  if (session?.user) {
    return {
      by: 'session',
      id: rowOf(sessionID),
      user: session.user,
      exp: Number.POSITIVE_INFINITY,
    };
  }
  const withCookie = req.headers.cookie?.includes(`${name}=`);
  throw new Refusal(withCookie ? 'SESSION_MISSING' : 'TOKEN_MISSING');
}
// #endregion

// #region check
export interface Login {
  credential: Credential;
  user: Pick<User, 'id' | 'name' | 'role'>;
  /** When it ends, in milliseconds since 1970, as far as the last look could tell. */
  until: number;
  /** When the last look began, by `performance.now()`: no change of the clock moves it. */
  checkedAt: number;
}

/** What was presented is of the past. This asks what is true now. lesson: auth-field */
export async function check(credential: Credential): Promise<Login> {
  const { by, id, user: userId, exp } = credential;
  if (exp <= Date.now()) throw new Refusal('TOKEN_EXPIRED', userId);
  const checkedAt = performance.now();
  const row = by === 'session' ? sessions.find(id) : logins.find(id);
  const asked = Promise.all([accounts.find(userId), row]);
  const [user, kept] = await orDown(within(3_000, asked), userId);
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN', userId);
  if (kept?.account !== userId) throw new Refusal(endedCode(credential), userId);
  const person = { id: user.id, name: user.name, role: user.role };
  const until = by === 'session' ? kept.until : exp;
  const login = { credential, user: person, until, checkedAt };
  const code = revoked(login); // asked last: nothing is awaited after it
  if (code) throw new Refusal(code, userId);
  return login;
}
// #endregion

// #region revoked
// The database knows what has ended. These two bridge the moment between its answer and ours.
// lesson: logout
const endedAt = new Map<string, number>(); // login: its row goes next, and its id never comes again
const goneAt = new Map<string, number>(); // user: a look that began before is out of date

/** The login has ended, or the user has gone since this check began to look. */
export function revoked({ credential, user, checkedAt }: Login): Code | undefined {
  if (endedAt.has(credential.id)) return endedCode(credential);
  return (goneAt.get(user.id) ?? -1) >= checkedAt ? 'USER_UNKNOWN' : undefined;
}
export const endedCode = ({ by }: Credential): Code =>
  by === 'session' ? 'SESSION_EXPIRED' : 'TOKEN_INVALID';

export const markEnded = (login: string) => endedAt.set(login, performance.now());
export const markGone = (user: string) => goneAt.set(user, performance.now());

setInterval(() => {
  const old = performance.now() - 60_000; // no look takes that long
  for (const marks of [endedAt, goneAt]) {
    for (const [id, time] of marks) if (time < old) marks.delete(id);
  }
}, 60_000).unref();
// #endregion
