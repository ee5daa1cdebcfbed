// The cookie of the refresh token. Copy this too.
import { parseCookie } from 'cookie';
import type { CookieOptions, Response } from 'express';
import { env } from '../lib/env.ts';
import { Refusal } from '../lib/refusal.ts';

// A name with __Host- cannot be set from a sibling domain. It needs TLS, and the path `/`. Without TLS
// the cookie goes to no other route than the one that takes it.
const secure = env.text('NODE_ENV') === 'production';
const path = secure ? '/' : '/refresh';
const name = secure ? '__Host-refresh' : 'refresh';
const options: CookieOptions = { httpOnly: true, sameSite: 'strict', secure, path };

/** Gives the browser the token, for so many seconds. */
export function setRefreshToken(res: Response, token: string, seconds: number): Response {
  return res.cookie(name, token, { ...options, maxAge: seconds * 1000 });
}

/** Takes it back. */
export function clearRefreshToken(res: Response): Response {
  return res.clearCookie(name, options);
}

/** The token of a Cookie header. Of two with the name one was planted, so neither counts. */
export function refreshTokenIn(cookies = ''): string {
  const found = cookies.split(';').filter((pair) => pair.trim().startsWith(`${name}=`));
  const token = parseCookie(found[0] ?? '')[name];
  if (!token) throw new Refusal('TOKEN_MISSING');
  return found.length > 1 ? 'ambiguous' : token;
}
