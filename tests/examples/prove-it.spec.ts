// What the tests themselves rest on: each of these shows a way in which a test can lie.
import { attacks } from '../attacks/all.ts';
import { variantOf } from '../attacks/variants/index.ts';
import type { Variant } from '../support/example.ts';
import { answerTo } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const nobody: Variant = [
  [
    'const { sub, exp } = claims;',
    "const { sub, exp } = claims;\n throw new Refusal('FORBIDDEN');",
  ],
];

test('a server that refuses everybody passes a test that asks for a refusal, and not one that asks for the code', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { variant: nobody });
  const gone = example.sign({ sub: 'u9' }); // a user that there never was
  const answer = await answerTo(example.origin, { auth: { token: gone } });
  expect(answer).not.toBe('connected'); // so far all looks well
  expect(answer).not.toBe('USER_UNKNOWN');
  const honest = await answerTo(example.origin, { auth: { token: example.sign() } });
  expect(honest).not.toBe('connected');
});

test('a variant that no longer fits the server stops it, and says which line is gone', async ({
  startExample,
}) => {
  const variant: Variant = [['if (user.isGone()) return;', '']];
  await expect(startExample('auth-field', { variant })).rejects.toThrow(
    /This variant no longer applies: .*server\.ts: if \(user\.isGone\(\)\) return;/,
  );
});

test('an attack that has to be held, and has no variant to get in on, is named', () => {
  expect(() => variantOf('auth-field', 'a client cannot be rude')).toThrow(
    'no variant of auth-field for the attack "a client cannot be rude"',
  );
});

test('a test that waits for the lookup lets a logout fall into it, three times out of three', async ({
  startExample,
}) => {
  const example = await startExample('auth-field');
  const attack = attacks.find(({ title }) => title === 'a logout during a slow lookup wins');
  for (let n = 0; n < 3; n += 1) {
    const target = Object.assign(example, { name: 'auth-field' as const });
    const verdict = await attack?.run(target, () => Promise.reject(new Error('no page')));
    expect(verdict).toEqual({ in: false, saw: 'TOKEN_INVALID' });
  }
});
