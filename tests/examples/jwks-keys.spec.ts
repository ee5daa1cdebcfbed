// Keys that nobody knows, and an issuer that is down: what jwks asks for, how often, and what it answers.
import { randomUUID } from 'node:crypto';
import type { Example } from '../support/example.ts';
import { get, logIn } from '../support/http.ts';
import { atIssuer, fetches, ISSUER_KEY, tokenWith } from '../support/issuer.ts';
import { answerTo } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const env = { ISSUER_KEY };
const quick = { ...env, COOLDOWN_SECONDS: '1', RECHECK_SECONDS: '1' };
const seconds = () => Math.floor(Date.now() / 1000);

/** A token by a key that does not exist, signed now, or this long ago. */
const madeUp = (ago = 0) =>
  tokenWith({ header: { kid: randomUUID() }, claims: { iat: seconds() - ago } });

const present = ({ origin }: Example, token: string) => answerTo(origin, { auth: { token } });

/** Presents tokens with made-up keys, one after the other; gives what is answered. */
async function guess(example: Example, count: number): Promise<string[]> {
  const answers: string[] = [];
  for (let n = 0; n < count; n += 1) answers.push(await present(example, madeUp()));
  return [...new Set(answers)];
}

/** The server has read the list by itself, or somebody has made it. */
async function hasKeys(example: Example): Promise<void> {
  expect(await present(example, tokenWith())).toBe('connected');
}

const noCooldown = [
  ['cooldownDuration: COOLDOWN_SECONDS * 1000', 'cooldownDuration: 0', 'jwks.ts'],
  ["throw new Error('asked already')", 'void 0', 'jwks.ts'],
] as const;

test('thirty tokens with made-up key ids make the server ask the issuer once at most', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env });
  await hasKeys(example);
  expect(await guess(example, 30)).toEqual(['AUTH_UNAVAILABLE']);
  expect(await fetches(example)).toBe(1);
});

test('without a cooldown each made-up key id is a request to the issuer', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env, variant: noCooldown });
  await hasKeys(example);
  await guess(example, 30);
  expect(await fetches(example)).toBeGreaterThanOrEqual(31);
});

test('made-up key ids do not make the server ask an issuer that is down again and again', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env });
  await atIssuer(example, 'down');
  const before = await fetches(example);
  expect(await guess(example, 30)).toEqual(['AUTH_UNAVAILABLE']);
  expect((await fetches(example)) - before).toBeLessThanOrEqual(1);
});

test("jose's own cooldown counts from the last list that it read: an issuer that is down is asked each time", async ({
  startExample,
}) => {
  const variant = [noCooldown[1]] as const;
  const example = await startExample('jwks', { env: { ...env, COOLDOWN_SECONDS: '1' }, variant });
  await hasKeys(example);
  await atIssuer(example, 'down');
  const before = await fetches(example);
  await expect
    .poll(() => guess(example, 30).then(() => fetches(example)), { timeout: 8_000 })
    .toBeGreaterThanOrEqual(before + 30);
});

test('a token older than the list, by a key that is not in it, is invalid', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env });
  await hasKeys(example);
  expect(await present(example, madeUp(600))).toBe('TOKEN_INVALID');
});

test('a token newer than the list, by a key that is not in it, is told to come again', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env });
  await hasKeys(example);
  expect(await present(example, madeUp())).toBe('AUTH_UNAVAILABLE');
});

test('a token without a kid is refused, and asks nobody', async ({ startExample }) => {
  const example = await startExample('jwks', { env });
  await hasKeys(example);
  expect(await present(example, tokenWith({ header: { kid: null } }))).toBe('TOKEN_INVALID');
  expect(await fetches(example)).toBe(1);
});

test('with the issuer down, tokens by known keys open sockets, and those who are in stay', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env: { ...quick, KEYS_SECONDS: '1' } });
  await hasKeys(example);
  await atIssuer(example, 'down');
  await expect
    .poll(() => example.log.some(({ event }) => event === 'keys'), { timeout: 5_000 })
    .toBe(true); // it has asked, and was not answered
  expect(await present(example, tokenWith())).toBe('connected');
  expect((await get(`${example.origin}/me`, tokenWith())).status).toBe(200);
  expect(await present(example, madeUp())).toBe('AUTH_UNAVAILABLE');
});

test('with a list that is good for a second only, an issuer that is down shuts everybody out', async ({
  startExample,
}) => {
  const variant = [['cacheMaxAge: 3_600_000', 'cacheMaxAge: 1_000', 'jwks.ts']] as const;
  const example = await startExample('jwks', { env: quick, variant });
  await hasKeys(example);
  await atIssuer(example, 'down');
  await expect
    .poll(() => present(example, tokenWith()), { timeout: 5_000 })
    .toBe('AUTH_UNAVAILABLE');
});

test('a server that starts while the issuer is down lets people in when it is back', async ({
  startExample,
}) => {
  const variant = [['let down = false;', 'let down = true;', 'issuer.ts']] as const;
  const example = await startExample('jwks', { env: quick, variant });
  expect(await present(example, tokenWith())).toBe('AUTH_UNAVAILABLE');
  expect((await get(`${example.origin}/me`, tokenWith())).status).toBe(503);
  const headers = { Authorization: `Bearer ${tokenWith({ claims: { sub: 'u3' } })}` };
  await fetch(`${example.origin}/issuer/up`, { method: 'POST', headers });
  await expect.poll(() => present(example, tokenWith()), { timeout: 5_000 }).toBe('connected');
  expect(await logIn(example.origin)).toMatch(/^eyJ/);
});

test('an issuer that does not answer is given up after 2.5 seconds', async ({ startExample }) => {
  const variant = [
    ['timeoutDuration: 2_500', 'timeoutDuration: 300', 'jwks.ts'],
    ['if (down) return void res.sendStatus(503);', 'if (res) return;', 'issuer.ts'],
  ] as const;
  const example = await startExample('jwks', { env, variant });
  expect(await present(example, tokenWith())).toBe('AUTH_UNAVAILABLE');
});
