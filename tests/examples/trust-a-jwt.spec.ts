// Tokens that are genuine to the server that takes them, and are refused by auth-field.
import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Example, Variant } from '../support/example.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** `process.env.JWT_SECRET || 'dev-secret'`, in the words of lib/secret.ts. */
const fallback: Variant = [
  ['createSecretKey(randomBytes(32))', "createSecretKey(Buffer.from('dev-secret'))", 'secret.ts'],
];
const noAudience: Variant = [
  ["{ ...policy, algorithms: ['HS256'] }", "{ issuer: policy.issuer, algorithms: ['HS256'] }"],
];

const now = () => Math.floor(Date.now() / 1000);
const claims = { iss: 'handshake', aud: 'handshake-sockets', jti: 'forged' };

/** Presents a token; gives the code of the refusal, or who the server takes the sender for. */
async function present(example: Example, token: string): Promise<string> {
  const raw = await openWebSocket(example.origin);
  const answer = await raw.connect({ token });
  if (answer.kind !== 'connected') return answer.kind === 'refused' ? answer.code : answer.kind;
  await raw.send('421["whoami"]');
  return (await raw.next('431')) ?? 'silent';
}

/** As an attacker signs it who has read the source. */
const forge = () =>
  jwt.sign({ ...claims, sub: 'u3', exp: now() + 900 }, createSecretKey(Buffer.from('dev-secret')));

/** As the same login service would sign it, with the same key, for one use: to get a new token. */
const refresh = (example: Example) =>
  example.sign({ aud: 'handshake-refresh', exp: now() + 30 * 24 * 3_600 });

test('a token forged with the fallback secret of a server gets in as the admin', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { env: { JWT_SECRET: '' }, variant: fallback });
  expect(await present(example, forge())).toBe('431[{"id":"u3","name":"root","role":"admin"}]');
});

test('without a secret the key is random, and the token of another key is refused', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { env: { JWT_SECRET: '' } });
  expect(await present(example, forge())).toBe('TOKEN_INVALID');
});

test('without the audience check a refresh token opens a socket', async ({ startExample }) => {
  const example = await startExample('auth-field', { variant: noAudience });
  expect(await present(example, refresh(example))).toContain('"name":"ann"');
});

test('a refresh token signed with the same key is refused by its audience', async ({
  startExample,
}) => {
  const example = await startExample('auth-field');
  expect(await present(example, refresh(example))).toBe('TOKEN_INVALID');
  expect(await present(example, example.sign())).toContain('"name":"ann"');
});
