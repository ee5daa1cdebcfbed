// The program of examples/auth-field/keys.ts, and what jose does by itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportSPKI, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { Variant } from '../support/example.ts';

function runKeys(variant: Variant = []) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', './tests/support/vary.ts', 'examples/auth-field/keys.ts'],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, HANDSHAKE_VARIANT: JSON.stringify(variant) },
      encoding: 'utf8',
      timeout: 20_000,
    },
  );
  return { status, lines: stdout.trimEnd().split('\n'), said: stderr.trim() };
}

test('with two keys the public one verifies, and as an HS256 secret it is refused', () => {
  const { status, lines, said } = runKeys();
  assert.deepEqual(lines, [
    'RS256: the private key signs for u1, the public key verifies u1',
    '  the signature has 342 characters',
    '  an HS256 token for u3, with the public PEM as its secret:',
    '  refused, ERR_JOSE_ALG_NOT_ALLOWED',
    'EdDSA: the private key signs for u1, the public key verifies u1',
    '  the signature has 86 characters',
    '  an HS256 token for u3, with the public PEM as its secret:',
    '  refused, ERR_JOSE_ALG_NOT_ALLOWED',
  ]);
  assert.deepEqual([status, said], [0, '']);
});

test('with jose, no pinned algorithm and the key as text, that HS256 token gets in', () => {
  const { status, said } = runKeys([
    ['    algorithms: [alg],\n', '', 'keys.ts'],
    [
      'jwtVerify(token, key, {',
      `jwtVerify(token, async ({ alg }) =>
        alg === 'HS256' ? new TextEncoder().encode(await exportSPKI(key)) : key, {`,
      'keys.ts',
    ],
  ]);
  assert.equal(status, 1);
  assert.match(said, /accepted\. Whoever knows the public key gets in: pin the algorithm\.$/);
});

test('jose takes no public key object for an HMAC secret, even when no algorithm is pinned', async () => {
  const { publicKey } = await generateKeyPair('RS256');
  const pem = new TextEncoder().encode(await exportSPKI(publicKey));
  const forged = await new SignJWT({ sub: 'u3' }).setProtectedHeader({ alg: 'HS256' }).sign(pem);
  await assert.rejects(jwtVerify(forged, publicKey), TypeError);
  const { payload } = await jwtVerify(forged, pem);
  assert.equal(payload.sub, 'u3');
});
