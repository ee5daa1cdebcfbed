// What jsonwebtoken 9.0.3 does by itself: what it refuses, and what it takes without a word.
import assert from 'node:assert/strict';
import {
  createHmac,
  createPublicKey,
  createSecretKey,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

const key = createSecretKey(randomBytes(32));
const now = Math.floor(Date.now() / 1000);
const HOUR = 3_600;
const CENTURY = 100 * 365 * 24 * HOUR;

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
const genuine = jwt.sign({ sub: 'u1' }, pair.privateKey, { algorithm: 'RS256' });
/** What somebody who knows the public key can make out of it. */
const confused = (text: string) => byHand('{"sub":"u3"}', text);

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token that jsonwebtoken itself would not sign: any JSON, and any text as the HMAC secret. */
function byHand(json: string, secret: string | KeyObject): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from(json).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

// #region confusion
/** Wrong on purpose: the header, which the sender wrote, says how the server uses its key. */
function verifyByHeader(token: string, key: string): object {
  const [head = '', body = '', signature = ''] = token.split('.');
  const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString());
  const signed = `${head}.${body}`;
  const genuine =
    alg === 'RS256'
      ? createVerify('sha256').update(signed).verify(key, signature, 'base64url')
      : createHmac('sha256', key).update(signed).digest('base64url') === signature;
  if (!genuine) throw new Error('invalid signature');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}
// #endregion

test('anyone reads the header and the claims of a JWT, without a key', () => {
  const claims = { sub: 'u3', iss: 'handshake', aud: 'handshake-sockets' };
  const token = jwt.sign(claims, key, { noTimestamp: true });
  const [head = '', body = '', signature = ''] = token.split('.');
  assert.equal(head, 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9');
  assert.equal(atob(head), '{"alg":"HS256","typ":"JWT"}');
  assert.ok(body.startsWith('eyJzdWIiOiJ1MyIsImlzcyI6Imhh'));
  assert.equal(atob(body), '{"sub":"u3","iss":"handshake","aud":"handshake-sockets"}');
  const hmac = createHmac('sha256', key).update(`${head}.${body}`);
  assert.equal(signature, hmac.digest('base64url'));
});

test('jwt.decode reads a token that nobody signed', () => {
  const forged = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: 'u3' })}.AAAA`;
  assert.deepEqual(jwt.decode(forged), { sub: 'u3' });
  assert.throws(() => jwt.verify(forged, key), /invalid signature/);
});

test('jsonwebtoken signs and verifies with a secret of one byte', () => {
  assert.deepEqual(jwt.verify(jwt.sign({ sub: 'u1' }, 'x', { noTimestamp: true }), 'x'), {
    sub: 'u1',
  });
});

test('one token is enough to find a secret that is a word, and no server hears of it', () => {
  const token = jwt.sign({ sub: 'u1' }, 'dev-secret');
  const [signed = '', signature] = token.split(/\.(?=[^.]*$)/);
  const words = ['secret', 'changeme', 'jwt-secret', 'dev-secret', 'your-256-bit-secret'];
  const found = words.find(
    (word) => createHmac('sha256', word).update(signed).digest('base64url') === signature,
  );
  assert.equal(found, 'dev-secret');
});

test('verifying with a KeyObject takes less than half the time of a string secret', () => {
  const text = 'x'.repeat(32);
  const object = createSecretKey(Buffer.from(text));
  const token = jwt.sign({ sub: 'u1' }, object);
  const time = (secret: string | KeyObject) => {
    const start = performance.now();
    for (let n = 0; n < 200; n += 1) jwt.verify(token, secret, { algorithms: ['HS256'] });
    return performance.now() - start;
  };
  const rounds = Array.from({ length: 11 }, () => ({ text: time(text), object: time(object) }));
  const best = (which: 'text' | 'object') => Math.min(...rounds.map((round) => round[which]));
  assert.ok(best('object') < best('text') / 2, `${best('object')} and ${best('text')} ms`);
});

test('jsonwebtoken refuses alg none when no algorithms are given', () => {
  const unsigned = `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ sub: 'u3' })}.`;
  assert.throws(() => jwt.verify(unsigned, key), /jwt signature is required/);
  assert.throws(() => jwt.verify(`${unsigned}AAAA`, key), /invalid algorithm/);
});

test('jsonwebtoken refuses a public PEM as HMAC secret when no algorithms are given', () => {
  assert.throws(() => jwt.verify(confused(pem), pem), /invalid algorithm/);
  assert.throws(() => jwt.verify(confused(pem), pair.publicKey), /invalid algorithm/);
  assert.ok(jwt.verify(genuine, pem));
});

test('code that follows the header takes the public key for an HMAC secret', () => {
  assert.deepEqual(verifyByHeader(confused(pem), pem), { sub: 'u3' });
  assert.ok(verifyByHeader(genuine, pem));
  assert.throws(() => verifyByHeader(confused('another text'), pem), /invalid signature/);
});

test('jws.verify, given the algorithm of the header, takes the public key for an HMAC secret', () => {
  const library = createRequire(import.meta.url).resolve('jsonwebtoken');
  const jws = createRequire(library)('jws'); // what jsonwebtoken itself stands on
  const forged = confused(pem);
  assert.equal(jws.verify(forged, jws.decode(forged).header.alg, pem), true);
  assert.equal(jws.verify(forged, 'RS256', pem), false);
});

test('a public PEM whose line breaks became backslash-n is an HMAC secret, unless RS256 is pinned', () => {
  const broken = pem.replaceAll('\n', '\\n');
  const forged = confused(broken);
  assert.deepEqual(jwt.verify(forged, broken), { sub: 'u3' });
  assert.throws(() => jwt.verify(genuine, broken), /invalid algorithm/);
  assert.throws(() => jwt.verify(forged, broken, { algorithms: ['RS256'] }), /invalid algorithm/);
});

test('createPublicKey throws for a PEM whose line breaks became backslash-n', () => {
  assert.throws(() => createPublicKey(pem.replaceAll('\n', '\\n')));
  assert.equal(createPublicKey(pem).type, 'public');
});

test('a verify option that jsonwebtoken does not know is ignored: algorithm for algorithms', () => {
  const other = jwt.sign({ sub: 'u1' }, key, { algorithm: 'HS512' });
  const misspelled = { algorithm: 'HS256' } as jwt.VerifyOptions;
  assert.ok(jwt.verify(other, key, misspelled));
  assert.throws(() => jwt.verify(other, key, { algorithms: ['HS256'] }), /invalid algorithm/);
});

test('a token without exp is still good in a hundred years', () => {
  const token = jwt.sign({ sub: 'u1' }, key);
  assert.ok(jwt.verify(token, key, { clockTimestamp: now + CENTURY }));
});

test('exp in milliseconds ends after the year 58000', () => {
  const exp = Date.now() + 15 * 60 * 1000;
  const token = jwt.sign({ sub: 'u1', exp }, key);
  assert.ok(jwt.verify(token, key, { clockTimestamp: now + CENTURY }));
  assert.ok(new Date(exp * 1000).getUTCFullYear() > 58_000);
});

test("expiresIn: '3600' is 3 seconds, expiresIn: 3600 an hour", () => {
  const life = (expiresIn: NonNullable<jwt.SignOptions['expiresIn']>) => {
    const { exp, iat } = jwt.decode(jwt.sign({}, key, { expiresIn })) as {
      exp: number;
      iat: number;
    };
    return exp - iat;
  };
  assert.equal(life('3600'), 3);
  assert.equal(life(3600), HOUR);
  assert.equal(life('1h'), HOUR);
  assert.throws(() => life('soon' as '1h'), /"expiresIn" should be/);
});

test('an audience or issuer that is undefined or empty is not compared', () => {
  const refresh = jwt.sign({ sub: 'u1', aud: 'refresh', iss: 'somebody' }, key);
  for (const missing of [undefined, '']) {
    assert.ok(jwt.verify(refresh, key, { audience: missing, issuer: missing }));
  }
  assert.throws(() => jwt.verify(refresh, key, { audience: 'sockets' }), /audience invalid/);
  assert.throws(() => jwt.verify(refresh, key, { issuer: 'handshake' }), /issuer invalid/);
});

test('a RegExp as audience matches inside a longer name, and as issuer is not compared', () => {
  const foreign = jwt.sign({ sub: 'u1', aud: 'evil-chat.attacker', iss: 'somebody' }, key);
  assert.ok(jwt.verify(foreign, key, { audience: /chat/ }));
  assert.throws(() => jwt.verify(foreign, key, { audience: /^chat$/ }), /audience invalid/);
  assert.ok(jwt.verify(foreign, key, { issuer: /^handshake$/ } as object));
});

test('without audience and issuer, verify may give a string or an array', () => {
  assert.equal(jwt.verify(jwt.sign('u1', key), key), 'u1');
  assert.deepEqual(jwt.verify(byHand('["u1"]', key), key), ['u1']);
  for (const token of [jwt.sign('u1', key), byHand('["u1"]', key)]) {
    assert.throws(() => jwt.verify(token, key, { audience: 'sockets' }), /audience invalid/);
  }
});

test('a __proto__ claim copied with Object.assign gives a role, and a schema drops it', () => {
  const payload = jwt.verify(byHand('{"sub":"u1","__proto__":{"role":"admin"}}', key), key);
  const copy: { role?: string } = Object.assign({}, payload as object);
  assert.equal(copy.role, 'admin');
  const Claims = z.object({ sub: z.string(), role: z.string().optional() });
  assert.equal(Claims.parse(payload).role, undefined);
});

test('jsonwebtoken neither signs nor verifies EdDSA', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const algorithm = 'EdDSA' as jwt.Algorithm;
  assert.throws(() => jwt.sign({ sub: 'u1' }, privateKey, { algorithm }), /"algorithm" must be/);
  const signed = `${encode({ alg: 'EdDSA', typ: 'JWT' })}.${encode({ sub: 'u1' })}`;
  const token = `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  assert.throws(() => jwt.verify(token, publicKey), /invalid algorithm/);
  assert.throws(() => jwt.verify(token, publicKey, { algorithms: [algorithm] }));
});
