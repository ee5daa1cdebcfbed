// What a JWT, a ticket and a session are worth on a second node, after a restart, as a copy, and to
// one who has the secret.
import { createHmac, randomBytes } from 'node:crypto';
import { sharedStore } from '../content/runs/choose.ts';
import { SECRET } from '../support/example.ts';
import { bearer, buy, logIn, logInForCookie, post } from '../support/http.ts';
import { no } from '../support/plain.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, to share servers

test('a token logged out on one node opens a connection on another, and open sockets stay there', async ({
  shareExample,
  startExample,
}) => {
  const env = { RECHECK_SECONDS: '1' };
  const [here, there] = [
    await shareExample('auth-field'),
    await startExample('auth-field', { env }),
  ];
  const token = await logIn(here.origin);
  const open = await openWebSocket(there.origin);
  expect((await open.connect({ token })).kind).toBe('connected');
  expect((await post(`${here.origin}/logout`, {}, bearer(token))).status).toBe(204);
  expect(await answerTo(here.origin, { auth: { token } })).toBe('TOKEN_INVALID');
  expect(await answerTo(there.origin, { auth: { token } })).toBe('connected');
  await there.lookup('u1'); // the re-check, which knows of no logout
  expect(await open.isClosed(500)).toBe(false);
  open.close();
});

test('with a shared store, a session logged out on one node opens nothing on another, and open sockets end at the next look', async ({
  startExample,
}) => {
  const variant = sharedStore();
  const here = await startExample('session-passport', { variant });
  const there = await startExample('session-passport', { variant, env: { RECHECK_SECONDS: '1' } });
  const headers = { Cookie: await logInForCookie(here.origin) };
  const open = await openWebSocket(there.origin, headers);
  expect((await open.connect()).kind).toBe('connected');
  expect((await post(`${here.origin}/logout`, {}, headers)).status).toBe(204);
  expect(await answerTo(there.origin, { headers })).toBe('SESSION_MISSING');
  expect(await open.next('42["ended"', 3_000)).toContain('SESSION_EXPIRED');
});

test('a list of logouts that two nodes share keeps a token out on both', async ({
  plainServer,
}) => {
  const loggedOut = new Set<unknown>(); // stands for a store that both ask
  const nodes = [await plainServer(), await plainServer()];
  for (const { io } of nodes) {
    io.use(({ handshake }, next) => next(loggedOut.has(handshake.auth['jti']) ? no : undefined));
  }
  const answers = async () => {
    const kinds: string[] = [];
    for (const { origin } of nodes) {
      const raw = await openWebSocket(origin);
      kinds.push((await raw.connect({ jti: 'a' })).kind);
      raw.close();
    }
    return kinds;
  };
  expect(await answers()).toEqual(['connected', 'connected']);
  loggedOut.add('a');
  expect(await answers()).toEqual(['refused', 'refused']);
});

test('a ticket that one node has sold is unknown on another', async ({
  shareExample,
  startExample,
}) => {
  const [here, there] = [await shareExample('query-ticket'), await startExample('query-ticket')];
  const token = await logIn(here.origin);
  const ticket = await buy(here.origin, token);
  expect(await answerTo(there.origin, { query: { ticket } })).toBe('TOKEN_INVALID');
  expect(await answerTo(there.origin, { query: { ticket: await buy(there.origin, token) } })).toBe(
    'connected',
  );
});

test('a session in the memory of one node is missing on another', async ({
  shareExample,
  startExample,
}) => {
  const [here, there] = [
    await shareExample('session-passport'),
    await startExample('session-passport'),
  ];
  const headers = { Cookie: await logInForCookie(here.origin) };
  expect(await answerTo(here.origin, { headers })).toBe('connected');
  expect(await answerTo(there.origin, { headers })).toBe('SESSION_MISSING');
});

test('who has the JWT secret signs in as the admin, who has the session secret signs ids that no store has', async ({
  shareExample,
  startExample,
}) => {
  const field = await shareExample('auth-field');
  const auth = { token: field.sign({ sub: 'u3' }) };
  const raw = await openWebSocket(field.origin);
  await raw.connect(auth);
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('"role":"admin"');
  raw.close();

  const sessions = await startExample('session-passport');
  await logInForCookie(sessions.origin, 'root'); // the admin has a session, under an id of its own
  const sign = (id: string) => {
    const seal = createHmac('sha256', SECRET).update(id).digest('base64').replace(/=+$/, '');
    return { headers: { Cookie: `sid=${encodeURIComponent(`s:${id}.${seal}`)}` } };
  };
  const [id] = (await sessions.steer({ do: 'sessions' })) as string[];
  expect(await answerTo(sessions.origin, sign(id ?? ''))).toBe('connected'); // the signature is right
  const guessed = randomBytes(24).toString('base64url');
  expect(await answerTo(sessions.origin, sign(guessed))).toBe('SESSION_MISSING');
});

test('a copy of a session cookie works in another client, and ends with the logout', async ({
  shareExample,
}) => {
  const example = await shareExample('session-passport');
  const headers = { Cookie: await logInForCookie(example.origin) };
  const thief = await openWebSocket(example.origin, { ...headers, 'User-Agent': 'another client' });
  expect((await thief.connect()).kind).toBe('connected');
  await post(`${example.origin}/logout`, {}, headers);
  expect(await thief.next('42["ended"')).toContain('SESSION_EXPIRED');
  expect(await answerTo(example.origin, { headers })).toBe('SESSION_MISSING');
});

test('a restart brings back a token that was logged out, and loses every session in memory', async ({
  startExample,
}) => {
  const before = await startExample('auth-field');
  const token = await logIn(before.origin);
  await post(`${before.origin}/logout`, {}, bearer(token));
  expect(await answerTo(before.origin, { auth: { token } })).toBe('TOKEN_INVALID');
  await before.stop();
  expect(await answerTo((await startExample('auth-field')).origin, { auth: { token } })).toBe(
    'connected',
  );

  const sessions = await startExample('session-passport');
  const headers = { Cookie: await logInForCookie(sessions.origin) };
  expect(await answerTo(sessions.origin, { headers })).toBe('connected');
  await sessions.stop();
  const after = await startExample('session-passport');
  expect(await answerTo(after.origin, { headers })).toBe('SESSION_MISSING');
});
