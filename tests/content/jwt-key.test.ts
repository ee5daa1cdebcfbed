// What jsonwebtoken does with the key it is given, by counting what it asks of node:crypto.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { test } from 'node:test';

const SECRET = 'a secret of the tests, and of nothing else';
let tried = 0;
const { createPublicKey } = crypto;
crypto.createPublicKey = ((...args: Parameters<typeof createPublicKey>) => {
  tried += 1;
  return createPublicKey(...args);
}) as typeof createPublicKey;
const { default: jwt } = await import('jsonwebtoken'); // after the change, of which it takes note once

/** How often `verify` tries to read its key as a public one, in three calls. */
function triesWith(key: string | Buffer | crypto.KeyObject): number {
  const token = jwt.sign({ sub: 'u1' }, SECRET, { algorithm: 'HS256' });
  tried = 0;
  for (let n = 0; n < 3; n += 1) jwt.verify(token, key, { algorithms: ['HS256'] });
  return tried;
}

test('a secret that is a string or a Buffer is first tried as a public key, at each verification', () => {
  assert.deepEqual([triesWith(SECRET), triesWith(Buffer.from(SECRET))], [3, 3]);
});

test('a KeyObject is used as it is: nothing is tried', () => {
  assert.equal(triesWith(crypto.createSecretKey(Buffer.from(SECRET))), 0);
});
