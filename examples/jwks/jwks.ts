// Copy this too: the public keys of an issuer, read from its list (a JWKS, JSON Web Key Set, RFC 7517).
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  type ExportedJWKSCache,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose';
import { env } from '../lib/env.ts';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';

const KEYS_SECONDS = env.seconds('KEYS_SECONDS', 300);
const COOLDOWN_SECONDS = env.seconds('COOLDOWN_SECONDS', 30);

/** Gives what `jwtVerify` asks for the key that a token names. `address` is a constant of yours. */
export function keysFrom(address: URL): JWTVerifyGetKey {
  // #region list
  let askedAt = Number.NEGATIVE_INFINITY;
  const cache = {} as ExportedJWKSCache; // jose writes into it what it has read, and when
  const keys = createRemoteJWKSet(address, {
    cacheMaxAge: 3_600_000, // known keys serve for an hour, whether or not the issuer answers
    cooldownDuration: COOLDOWN_SECONDS * 1000, // after an answer; below: after a failure too
    timeoutDuration: 2_500,
    [jwksCache]: cache,
    [customFetch]: async (url, options) => {
      if (performance.now() - askedAt < COOLDOWN_SECONDS * 1000) throw new Error('asked already');
      askedAt = performance.now();
      return fetch(url, options);
    },
  });

  // A key that was withdrawn has to go, and no CONNECT should wait for that.
  const fail = (error: Error) => log('keys', { code: 'AUTH_UNAVAILABLE', reason: error.message });
  setInterval(() => {
    if (performance.now() - askedAt >= KEYS_SECONDS * 1000) keys.reload().catch(fail);
  }, 1_000).unref();
  // #endregion

  // #region find
  return async (header, token) => {
    if (typeof header.kid !== 'string') throw new Refusal('TOKEN_INVALID');
    return keys(header, token).catch(() => {
      // Not verified, and it need not be: it decides between two refusals. 5 seconds for the clocks.
      const { iat } = decodeJwt(`.${token.payload}.`);
      const older = Number(iat) * 1000 < cache.uat - 5_000; // so the list should have its key
      throw new Refusal(keys.fresh && older ? 'TOKEN_INVALID' : 'AUTH_UNAVAILABLE');
    });
  };
  // #endregion
}
