// Labs: how a token is signed and read. The whole of it, in one file and with its reasons: auth-field/server.ts.
import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { env } from '../../lib/env.ts';
import { Refusal } from '../../lib/refusal.ts';
import { secret } from '../../lib/secret.ts';

const key = secret('JWT_SECRET');
const TOKEN_TTL = env.seconds('TOKEN_TTL', 15 * 60);

const policy = { issuer: 'handshake', audience: 'handshake-sockets' };
const id = z.string().min(1);
export const Claims = z.object({ sub: id, jti: id, iat: z.int(), exp: z.int() });
export type Claims = z.infer<typeof Claims>;

export function signToken(userId: string): string {
  const claims = { subject: userId, jwtid: randomUUID(), expiresIn: TOKEN_TTL };
  return jwt.sign({}, key, { ...policy, ...claims, algorithm: 'HS256' });
}

/** The claims of a token. Throws a refusal for whatever is not one of ours. */
export function readToken(token: unknown): Claims {
  if (token === undefined) throw new Refusal('TOKEN_MISSING');
  if (typeof token !== 'string') throw new Refusal('TOKEN_INVALID');
  try {
    return Claims.parse(jwt.verify(token, key, { ...policy, algorithms: ['HS256'] }));
  } catch (error) {
    throw new Refusal(error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID');
  }
}

/** The token of an `Authorization` header. */
export const bearer = (req: Request) =>
  /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
