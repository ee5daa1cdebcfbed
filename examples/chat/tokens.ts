// Access tokens, for clients that are no browser: signed here, read here. lesson: trust-a-jwt
import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { env } from '../lib/env.ts';
import { Refusal } from '../lib/refusal.ts';
import { secret } from '../lib/secret.ts';

const key = secret('JWT_SECRET'); // a KeyObject, for a text is parsed at each call. lesson: what-it-costs
export const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);

// #region token
const policy = { issuer: 'handshake', audience: 'handshake-sockets' };
const id = z.string().min(1);
/** `sid` is the login that the token belongs to: it ends when that does. */
const Claims = z.object({ sub: id, sid: id, jti: id, iat: z.int(), exp: z.int() });
export type Claims = z.infer<typeof Claims>;

export function signToken(userId: string, login: string): string {
  const claims = { subject: userId, jwtid: randomUUID(), expiresIn: TOKEN_TTL };
  return jwt.sign({ sid: login }, key, { ...policy, ...claims, algorithm: 'HS256' });
}

/** Anything may come in here: `handshake.auth` holds whatever JSON the client sent. */
export function readToken(token: unknown): Claims {
  if (typeof token !== 'string') throw new Refusal('TOKEN_INVALID');
  try {
    return Claims.parse(jwt.verify(token, key, { ...policy, algorithms: ['HS256'] }));
  } catch (error) {
    throw new Refusal(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
  }
}
// #endregion
