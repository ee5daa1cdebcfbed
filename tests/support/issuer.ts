// The key of the issuer of examples/jwks, as a test gives it, and tokens that it could have signed.
import { createHash, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Example } from './example.ts';
import { logIn, post } from './http.ts';

const [mine, other] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
if (!mine || !other) throw new Error('two pairs were made');

/** What goes into the environment as ISSUER_KEY. */
export const ISSUER_KEY = String(mine.privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** The thumbprint of a key, RFC 7638: what the issuer calls it. */
function thumbprint(key: KeyObject): string {
  const { e, kty, n } = key.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
export const KID = thumbprint(mine.publicKey);

interface Change {
  claims?: Record<string, unknown>;
  /** `null` leaves a field out, as among the claims. */
  header?: Record<string, unknown>;
  /** Signs with a key that the issuer has never had. */
  foreign?: boolean;
  algorithm?: 'RS256' | 'RS512';
}

/** A token of the issuer with what the test changes. */
export function tokenWith({ claims, header, foreign, algorithm = 'RS256' }: Change = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const payload: Record<string, unknown> = {
    ...{ iss: 'https://login.handshake.example/', aud: 'handshake-sockets', sub: 'u1' },
    ...{ client_id: 'chat-page', iat: now, exp: now + 900, jti: randomUUID(), ...claims },
  };
  const head: Record<string, unknown> = { alg: algorithm, typ: 'at+jwt', kid: KID, ...header };
  for (const part of [payload, head]) {
    for (const name of Object.keys(part)) if (part[name] === null) delete part[name];
  }
  const key = (foreign ? other : mine)?.privateKey;
  if (!key) throw new Error('two pairs were made');
  return jwt.sign(payload, key, { algorithm, header: head as unknown as jwt.JwtHeader });
}

/** As `sign` of an example with one secret: another key, or another algorithm, where one is asked for. */
export function signAsIssuer(
  claims: Record<string, unknown> = {},
  key?: string,
  algorithm?: 'HS256' | 'HS512',
): string {
  const other = algorithm === 'HS512' ? 'RS512' : 'RS256';
  return tokenWith({ claims, foreign: key !== undefined, algorithm: other });
}

/** What an admin does at the issuer's console; the admin's token is a fresh one. */
export async function atIssuer({ origin }: Example, ...works: string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${await logIn(origin, 'root')}` };
  for (const work of works) {
    const { status } = await post(`${origin}/issuer/${work}`, {}, headers);
    if (status !== 204) throw new Error(`the issuer answered ${status} to "${work}"`);
  }
}

/** How often the issuer was asked for its keys so far. */
export async function fetches(example: Example): Promise<number> {
  const urls = (await example.steer({ do: 'urls' })) as string[];
  return urls.filter((url) => url === '/.well-known/jwks.json').length;
}
