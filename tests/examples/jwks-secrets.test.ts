// The program of examples/jwks/secrets.ts: two secrets at a time.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Variant } from '../support/example.ts';

function run(variant: Variant = []) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', './tests/support/vary.ts', 'examples/jwks/secrets.ts'],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, HANDSHAKE_VARIANT: JSON.stringify(variant) },
      encoding: 'utf8',
      timeout: 20_000,
    },
  );
  return { status, lines: stdout.trimEnd().split('\n'), said: stderr.trim() };
}

const { status, lines, said } = run();

test('two HMAC secrets by kid: tokens of both are good, until the old one is out', () => {
  assert.deepEqual(lines.slice(0, 2), [
    'with both: the old token is u1, the new one u1',
    'the old secret is out: its token is refused, unknown key',
  ]);
  assert.deepEqual([status, said], [0, '']);
});

test('two session secrets: a cookie of the old one is good, and is signed anew only with rolling', () => {
  assert.deepEqual(lines.slice(2, 4), [
    'both secrets: the cookie of before is ann, and not set anew',
    'both, and rolling: it is ann, and set anew',
  ]);
});

test('once the old session secret is out, only cookies that were signed anew are good', () => {
  assert.deepEqual(lines.slice(4), [
    'the old secret is out: the cookie of before is nobody',
    'and the one that was set anew is ann',
  ]);
});

test('a rotation that leaves the old secret in the list lets its tokens in', () => {
  const { status, said } = run([
    ["secrets.get(kid ?? '')", "(both ?? secrets).get(kid ?? '')", 'secrets.ts'],
  ]);
  assert.equal(status, 1);
  assert.match(said, /the old secret is out, and its token was accepted$/);
});
