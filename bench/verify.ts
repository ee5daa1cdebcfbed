// Verifying one HS256 token, and nothing else: with a key made once, and with the secret as a string.
import { createSecretKey, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { median, ROUNDS } from './rounds.ts';

const COUNT = 2_000; // in a round

/** Microseconds for one call of `verify`, by the key it is given; the two take turns. */
export function verifyAlone(): { label: string; microseconds: number }[] {
  const secret = randomBytes(32).toString('base64url');
  const key = createSecretKey(Buffer.from(secret));
  const claims = { iss: 'handshake', aud: 'handshake-sockets', sub: 'u1', jti: 'a' };
  const token = jwt.sign(claims, key, { algorithm: 'HS256', expiresIn: 900 });
  const policy = { issuer: 'handshake', audience: 'handshake-sockets', algorithms: ['HS256'] };
  const kinds = [
    { label: 'with a KeyObject', key },
    { label: 'with the secret as a string', key: secret },
  ].map((kind) => ({ ...kind, times: [] as number[] }));
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const { key, times } of kinds) {
      const start = performance.now();
      for (let n = 0; n < COUNT; n += 1) jwt.verify(token, key, policy as jwt.VerifyOptions);
      if (round >= 0) times.push(((performance.now() - start) * 1000) / COUNT);
    }
  }
  return kinds.map(({ label, times }) => ({ label, microseconds: Math.round(median(times)) }));
}
