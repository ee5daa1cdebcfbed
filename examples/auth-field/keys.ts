// Two keys in place of one secret: the private one signs, the public one verifies, and whoever has
// only the public one cannot sign. `npm run example auth-field keys` shows it, and ends.
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { type CryptoKey, errors, exportSPKI, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const policy = { issuer: 'handshake', audience: 'handshake-sockets' };

// #region sign
/** Belongs where people log in, and nowhere else: it needs the private key. */
function signToken(userId: string, alg: string, key: CryptoKey | Uint8Array): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg, typ: 'JWT' })
    .setIssuer(policy.issuer)
    .setAudience(policy.audience)
    .setSubject(userId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('15 minutes')
    .sign(key);
}
// #endregion

// #region verify
const id = z.string().min(1);
const Claims = z.object({ sub: id, jti: id, iat: z.int(), exp: z.int() });
type Trusted = { alg: 'RS256' | 'EdDSA'; key: CryptoKey }; // one key, one algorithm

/** Belongs in every server that lets people in: the public key is enough. */
async function readToken(token: string, { alg, key }: Trusted): Promise<z.infer<typeof Claims>> {
  const { payload } = await jwtVerify(token, key, {
    issuer: policy.issuer,
    audience: policy.audience,
    algorithms: [alg],
  });
  return Claims.parse(payload);
}
// #endregion

for (const alg of ['RS256', 'EdDSA'] as const) {
  // In an app: made once, kept where secrets are kept, and read with importPKCS8 and importSPKI.
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const token = await signToken('u1', alg, privateKey);
  const claims = await readToken(token, { alg, key: publicKey });
  console.log(`${alg}: the private key signs for u1, the public key verifies ${claims.sub}`);
  console.log(`  the signature has ${token.split('.')[2]?.length} characters`);

  // #region forgery
  const pem = await exportSPKI(publicKey); // what everybody may have
  const forged = await signToken('u3', 'HS256', new TextEncoder().encode(pem));
  const answer = await readToken(forged, { alg, key: publicKey }).catch((error: unknown) => {
    if (error instanceof errors.JOSEError) return error.code;
    throw error;
  });
  // #endregion
  console.log('  an HS256 token for u3, with the public PEM as its secret:');
  if (typeof answer !== 'string') {
    console.error('  accepted. Whoever knows the public key gets in: pin the algorithm.');
    process.exit(1);
  }
  console.log(`  refused, ${answer}`);
}
