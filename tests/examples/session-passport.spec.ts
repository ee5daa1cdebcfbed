// What the example with a session adds to Passport: the look at CONNECT, and the ends of a session.
import { logInForCookie, post } from '../support/http.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test('who signs out between the handshake and CONNECT is refused at CONNECT', async ({
  startExample,
}) => {
  const example = await startExample('session-passport');
  const Cookie = await logInForCookie(example.origin);
  const raw = await openWebSocket(example.origin, { Cookie });
  expect((await post(`${example.origin}/logout`, {}, { Cookie })).status).toBe(204);
  expect(await raw.connect()).toMatchObject({ kind: 'refused', code: 'SESSION_EXPIRED' });
});

test('a session whose row is gone by CONNECT, and a user who is, are refused there', async ({
  startExample,
}) => {
  const example = await startExample('session-passport');
  for (const [order, code] of [
    [{ do: 'forget' }, 'SESSION_EXPIRED'],
    [{ do: 'vanish', id: 'u1' }, 'USER_UNKNOWN'],
  ] as const) {
    const Cookie = await logInForCookie(example.origin);
    const raw = await openWebSocket(example.origin, { Cookie });
    await example.steer(order);
    expect(await raw.connect()).toMatchObject({ kind: 'refused', code });
  }
});

test('a new login ends the sockets of the session before it, and its cookie opens none', async ({
  startExample,
}) => {
  const { origin } = await startExample('session-passport');
  const before = { Cookie: await logInForCookie(origin) };
  const raw = await openWebSocket(origin, before);
  await raw.connect();
  const after = { Cookie: await logInForCookie(origin, 'ann', before) };
  expect(await raw.next('42["ended"', 500)).toContain('SESSION_EXPIRED');
  expect(await raw.isClosed(500)).toBe(true);
  const tries = await Promise.all([before, after].map((each) => openWebSocket(origin, each)));
  const answers = await Promise.all(tries.map((each) => each.connect()));
  expect(answers.map(({ kind }) => kind)).toEqual(['refused', 'connected']);
  for (const each of tries) each.close();
});

test('a logout leaves no session in the store, and takes the cookie back', async ({
  startExample,
}) => {
  const example = await startExample('session-passport');
  const Cookie = await logInForCookie(example.origin);
  expect(await example.steer({ do: 'sessions' })).toHaveLength(1);
  const response = await post(`${example.origin}/logout`, {}, { Cookie });
  expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^sid=; .*1970/)]);
  expect(await example.steer({ do: 'sessions' })).toEqual([]);
});

test('a logout needs no user store', async ({ startExample }) => {
  const example = await startExample('session-passport');
  const cookie = await logInForCookie(example.origin);
  const raw = await openWebSocket(example.origin, { Cookie: cookie });
  expect((await raw.connect()).kind).toBe('connected');
  await example.steer({ do: 'down', on: true });
  const { status } = await post(`${example.origin}/logout`, {}, { Cookie: cookie });
  expect(status).toBe(204);
  expect(await raw.isClosed(500)).toBe(true);
  expect(await example.steer({ do: 'sessions' })).toEqual([]);
});

test('a store that hangs is given up after 3 seconds, and the answer is 503', async ({
  startExample,
}) => {
  const variant = [['within(3_000, done)', 'within(300, done)', 'session.ts']] as const;
  const example = await startExample('session-passport', { variant });
  const cookie = await logInForCookie(example.origin);
  const me = async () => (await fetch(`${example.origin}/me`, { headers: { cookie } })).status;
  await example.steer({ do: 'store', ms: 2_000 });
  expect(await me()).toBe(503);
  await example.steer({ do: 'store' });
  await example.steer({ do: 'slow', ms: 2_000 });
  expect(await me()).toBe(503);
  await example.steer({ do: 'slow', ms: 0 });
  expect(await me()).toBe(200);
});
