// How jwks takes the tokens of an issuer: which ones, and what it does about keys that come and go.
import { until } from '../support/example.ts';
import { get, logIn, PASSWORD, post } from '../support/http.ts';
import { atIssuer, fetches, ISSUER_KEY, tokenWith } from '../support/issuer.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

const env = { ISSUER_KEY };
const quick = { ...env, COOLDOWN_SECONDS: '1', KEYS_SECONDS: '1', RECHECK_SECONDS: '1' };
const noRounds = [['keys.reload().catch(fail)', 'void fail', 'jwks.ts']] as const;
/** A token of an hour ago that is good for a while: older than any list that the server has read. */
const older = () => tokenWith({ claims: { iat: Math.floor(Date.now() / 1000) - 3_600 } });
const loose = [["typ: 'at+jwt' }", '}']] as const;

test('a token of the issuer opens a socket, by a key that the server had to fetch', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env });
  const token = await logIn(example.origin);
  expect(await answerTo(example.origin, { auth: { token } })).toBe('connected');
  expect(await fetches(example)).toBe(1);
});

test('a token for another service of the same issuer is refused', async ({ shareExample }) => {
  const { origin } = await shareExample('jwks', { env });
  const body = { username: 'ann', password: PASSWORD, client: 'photo-page' };
  const { token } = await (await post(`${origin}/login`, body)).json();
  expect(await answerTo(origin, { auth: { token } })).toBe('TOKEN_INVALID');
});

test('without the audience a token for another service gets in', async ({ startExample }) => {
  const variant = [
    ["audience: 'handshake-sockets', ", ''],
    ["z.literal('chat-page')", 'id'],
  ] as const;
  const { origin } = await startExample('jwks', { env, variant });
  const token = tokenWith({ claims: { aud: 'photo-albums', client_id: 'photo-page' } });
  expect(await answerTo(origin, { auth: { token } })).toBe('connected');
});

test('a token that another app of the same issuer has got is refused', async ({ shareExample }) => {
  const { origin } = await shareExample('jwks', { env });
  const body = { username: 'ann', password: PASSWORD, client: 'chat-bot' };
  const { token } = await (await post(`${origin}/login`, body)).json();
  expect(await answerTo(origin, { auth: { token } })).toBe('TOKEN_INVALID');
});

test('without the client_id a token of another app gets in', async ({ startExample }) => {
  const variant = [["z.literal('chat-page')", 'id']] as const;
  const { origin } = await startExample('jwks', { env, variant });
  const token = tokenWith({ claims: { client_id: 'chat-bot' } });
  expect(await answerTo(origin, { auth: { token } })).toBe('connected');
});

test('an ID token of the issuer is refused', async ({ shareExample }) => {
  const { origin } = await shareExample('jwks', { env });
  const answer = await post(`${origin}/login`, { username: 'ann', password: PASSWORD });
  const { idToken } = await answer.json();
  expect(await answerTo(origin, { auth: { token: idToken } })).toBe('TOKEN_INVALID');
});

test('the type alone refuses an ID token, and without it one of the same audience gets in', async ({
  shareExample,
  startExample,
}) => {
  const token = tokenWith({ header: { typ: 'JWT' } });
  const { origin } = await shareExample('jwks', { env });
  expect(await answerTo(origin, { auth: { token } })).toBe('TOKEN_INVALID');
  const without = await startExample('jwks', { env, variant: loose });
  expect(await answerTo(without.origin, { auth: { token } })).toBe('connected');
});

test('an RS512 token of the issuer is refused, and gets in where neither the server nor the key names RS256', async ({
  startExample,
}) => {
  const token = tokenWith({ algorithm: 'RS512' });
  const nameless = ["alg: 'RS256', use: 'sig' }", "use: 'sig' }", 'issuer.ts'] as const;
  const { origin } = await startExample('jwks', { env, variant: [nameless] });
  expect(await answerTo(origin, { auth: { token } })).toBe('TOKEN_INVALID');
  const variant = [nameless, ["{ ...policy, algorithms: ['RS256'] }", 'policy']] as const;
  const without = await startExample('jwks', { env, variant });
  expect(await answerTo(without.origin, { auth: { token } })).toBe('connected');
});

test('without the issuer a token that another name stands in gets in', async ({
  shareExample,
  startExample,
}) => {
  const token = tokenWith({ claims: { iss: 'https://somebody.example/' } });
  const { origin } = await shareExample('jwks', { env });
  expect(await answerTo(origin, { auth: { token } })).toBe('TOKEN_INVALID');
  const variant = [['{ issuer: name, ', '{ ']] as const;
  const without = await startExample('jwks', { env, variant });
  expect(await answerTo(without.origin, { auth: { token } })).toBe('connected');
});

test('after a rotation new tokens get in by the new key, and old ones by the old one', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env: quick, variant: noRounds });
  const before = await logIn(example.origin);
  expect(await answerTo(example.origin, { auth: { token: before } })).toBe('connected');
  await atIssuer(example, 'rotate');
  const after = await logIn(example.origin);
  await expect
    .poll(() => answerTo(example.origin, { auth: { token: after } }), { timeout: 4_000 })
    .toBe('connected');
  expect(await answerTo(example.origin, { auth: { token: before } })).toBe('connected');
  expect(await fetches(example)).toBe(2);
});

test('with the first list kept forever nobody gets in after a rotation', async ({
  startExample,
}) => {
  const variant = [
    ...noRounds,
    ['askedAt = performance.now();', 'askedAt = Number.POSITIVE_INFINITY;', 'jwks.ts'],
  ] as const;
  const example = await startExample('jwks', { env: quick, variant });
  expect(await answerTo(example.origin, { auth: { token: tokenWith() } })).toBe('connected');
  await atIssuer(example, 'rotate');
  const token = await logIn(example.origin);
  expect(await answerTo(example.origin, { auth: { token } })).toBe('AUTH_UNAVAILABLE');
});

test('a token whose key was withdrawn is refused, and its sockets end', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env: quick });
  const token = older();
  const raw = await openWebSocket(example.origin);
  expect((await raw.connect({ token })).kind).toBe('connected');
  await atIssuer(example, 'withdraw');
  expect(await raw.next('42["ended"', 6_000)).toContain('TOKEN_INVALID');
  await expect
    .poll(() => answerTo(example.origin, { auth: { token } }), { timeout: 4_000 })
    .toBe('TOKEN_INVALID');
});

test('without a look at the list a withdrawn key lets its tokens in, and their sockets stay', async ({
  startExample,
}) => {
  const example = await startExample('jwks', { env: quick, variant: noRounds });
  const token = older();
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token });
  await atIssuer(example, 'withdraw');
  expect(await raw.isClosed(1_500)).toBe(false);
  expect(await answerTo(example.origin, { auth: { token } })).toBe('connected');
});

test('only an admin rotates keys', async ({ startExample }) => {
  const { origin } = await startExample('jwks', { env });
  const ask = async (token: string) =>
    (await post(`${origin}/issuer/rotate`, {}, { Authorization: `Bearer ${token}` })).status;
  expect(await ask('x')).toBe(401);
  expect(await ask(tokenWith({ claims: { sub: 'u1' } }))).toBe(403);
  expect(await ask(tokenWith({ claims: { sub: 'u3' }, foreign: true }))).toBe(401);
  expect(await ask(tokenWith({ claims: { sub: 'u3' } }))).toBe(204);
});

test('an interval of a year between two looks at the keys is no loop', async ({ startExample }) => {
  const slow = { ...env, KEYS_SECONDS: '31536000', COOLDOWN_SECONDS: '1' };
  const example = await startExample('jwks', { env: slow });
  await until(() => example.alive, 100);
  await expect.poll(() => fetches(example)).toBe(1); // the first one, before anybody came
  expect((await get(`${example.origin}/me`, tokenWith())).status).toBe(200);
  expect(example.errors).toEqual([]);
});
