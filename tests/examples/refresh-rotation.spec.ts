// What refresh-rotation does: the cookie, the rotation, its end, and a socket that is given new tokens.
import { setTimeout as wait } from 'node:timers/promises';
import { post } from '../support/http.ts';
import { openWebSocket, type Raw } from '../support/raw.ts';
import { begin, logOut, refresh } from '../support/refresh.ts';
import { expect, test } from '../support/test.ts';

const NAME = 'refresh-rotation';

/** Opens a socket with this token. Throws when it is not let in. */
async function enter(origin: string, token: string): Promise<Raw> {
  const raw = await openWebSocket(origin);
  const answer = await raw.connect({ token });
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer));
  return raw;
}

/** Sends `renew` with this token; gives the acknowledgement. */
async function renew(raw: Raw, token: unknown): Promise<string> {
  await raw.send(`421${JSON.stringify(['renew', { token }])}`);
  return (await raw.next('431')) ?? 'silent';
}

test('the refresh token stands in an HttpOnly cookie, SameSite=Strict, for the refresh route alone', async ({
  shareExample,
}) => {
  const { origin } = await shareExample(NAME);
  const login = await post(`${origin}/login`, {
    username: 'ann',
    password: 'correct horse battery staple',
  });
  expect(login.headers.get('Cache-Control')).toBe('no-store');
  const [cookie = '', ...more] = login.headers.getSetCookie();
  expect(more).toEqual([]);
  expect(cookie).toMatch(/^refresh=[\w-]{43}\.[\w-]{43}; Max-Age=604800; Path=\/refresh; /);
  for (const attribute of ['HttpOnly', 'SameSite=Strict']) expect(cookie).toContain(attribute);
  expect(cookie).not.toMatch(/Secure|Domain/);
  const answer = JSON.stringify(await login.json());
  expect(answer).not.toContain(cookie.slice(8, 51)); // the id of the cookie, in no body
});

test('in production the refresh cookie has a __Host- name, is Secure, and has the path of all', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { NODE_ENV: 'production' } });
  const login = await begin(origin);
  expect(login.cookie).toMatch(/^__Host-refresh=/);
  const again = await post(`${origin}/refresh`, {}, { Cookie: login.cookie });
  const [cookie = ''] = again.headers.getSetCookie();
  for (const attribute of ['Path=/;', 'Secure', 'HttpOnly', 'SameSite=Strict']) {
    expect(cookie).toContain(attribute);
  }
  expect(cookie).not.toContain('Domain');
});

test('each refresh gives another access token and another refresh token', async ({
  shareExample,
}) => {
  const { origin } = await shareExample(NAME);
  const first = await begin(origin);
  const second = await refresh(origin, first.cookie);
  const third = await refresh(origin, second.cookie);
  expect([second.status, third.status]).toEqual([200, 200]);
  expect(new Set([first, second, third].map(({ cookie }) => cookie)).size).toBe(3);
  expect(new Set([first, second, third].map(({ token }) => token)).size).toBe(3);
  expect(third.expiresIn).toBe(300);
  (await enter(origin, third.token)).close();
});

test('a refresh token is no access token, and an access token no refresh token', async ({
  shareExample,
}) => {
  const { origin } = await shareExample(NAME);
  const { cookie, token } = await begin(origin);
  const raw = await openWebSocket(origin);
  expect(await raw.connect({ token: cookie.split('=')[1] })).toMatchObject({
    code: 'TOKEN_INVALID',
  });
  expect((await refresh(origin, `refresh=${token}`)).code).toBe('TOKEN_INVALID');
  expect((await refresh(origin, cookie)).status).toBe(200); // and nothing of that has ended the login
});

test('a refresh without a cookie, with garbage or with two cookies answers 401', async ({
  shareExample,
}) => {
  const { origin } = await shareExample(NAME);
  const { cookie } = await begin(origin);
  const { status, code } = await refresh(origin, 'other=1');
  expect([status, code]).toEqual([401, 'TOKEN_MISSING']);
  for (const odd of ['refresh=x', 'refresh=.', 'refresh=%', `${cookie}; refresh=x.y`]) {
    const answer = await refresh(origin, odd);
    expect([answer.status, answer.code], odd).toEqual([401, 'TOKEN_INVALID']);
  }
  expect((await refresh(origin, cookie)).status).toBe(200);
});

test('POST /refresh takes JSON from the own page alone', async ({ shareExample }) => {
  const { origin } = await shareExample(NAME);
  const { cookie } = await begin(origin);
  for (const from of [
    { Origin: 'http://localhost:1' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'same-site' },
  ] as Record<string, string>[]) {
    expect((await post(`${origin}/refresh`, {}, { Cookie: cookie, ...from })).status).toBe(403);
  }
  const form = { Cookie: cookie, 'Content-Type': 'text/plain' };
  expect((await post(`${origin}/refresh`, '{}', form)).status).toBe(415);
  expect((await refresh(origin, cookie, { Origin: origin })).status).toBe(200);
});

test('no refresh moves the end of a login, and no access token outlives it', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { REFRESH_TTL: '3' } });
  const first = await begin(origin);
  const end = Date.now() + 3_000;
  expect(first.expiresIn).toBe(3);
  const raw = await enter(origin, first.token);
  expect(await raw.isClosed(1_200)).toBe(false);
  const second = await refresh(origin, first.cookie);
  expect(second.expiresIn).toBeLessThan(3);
  expect(await renew(raw, second.token)).toBe('431[{"ok":true}]');
  expect(await raw.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
  await wait(Math.max(1, end - Date.now()));
  expect((await refresh(origin, second.cookie)).code).toBe('SESSION_EXPIRED');
});

test('a logout ends the refresh token and the sockets of that login, and leaves the other one', async ({
  shareExample,
}) => {
  const { origin } = await shareExample(NAME);
  const [phone, laptop] = [await begin(origin), await begin(origin)];
  const [mine, other] = [await enter(origin, phone.token), await enter(origin, laptop.token)];
  expect(await logOut(origin, phone.token)).toBe(204);
  expect(await mine.next('42["ended"')).toContain('TOKEN_INVALID');
  expect((await refresh(origin, phone.cookie)).code).toBe('TOKEN_INVALID');
  expect((await refresh(origin, laptop.cookie)).status).toBe(200);
  expect(other.closed).toBe(false);
  other.close();
});

test('a user who is removed is refused at refresh', async ({ startExample }) => {
  const example = await startExample(NAME);
  const { cookie } = await begin(example.origin);
  await example.steer({ do: 'remove', id: 'u1' });
  expect((await refresh(example.origin, cookie)).code).toBe('TOKEN_INVALID');
});

test('a user store that is down costs no refresh token', async ({ startExample }) => {
  const example = await startExample(NAME);
  const { cookie } = await begin(example.origin);
  await example.steer({ do: 'down', on: true });
  const { status, code } = await refresh(example.origin, cookie);
  expect([status, code]).toEqual([503, 'AUTH_UNAVAILABLE']);
  await example.steer({ do: 'down', on: false });
  expect((await refresh(example.origin, cookie)).status).toBe(200);
});

test('of 31 refreshes in a minute the last has to wait, and the login goes on', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME);
  let last = await begin(origin);
  for (let n = 0; n < 30; n += 1) last = await refresh(origin, last.cookie);
  expect(last.status).toBe(200);
  expect((await refresh(origin, last.cookie)).status).toBe(429);
  (await enter(origin, last.token)).close();
});

test('a new token on an open socket keeps it in past the exp of the old one', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '3' } });
  const { token, cookie } = await begin(origin);
  const [renewed, left] = [await enter(origin, token), await enter(origin, token)];
  await left.isClosed(1_200); // `exp` is in whole seconds: the next one is another
  const next = await refresh(origin, cookie);
  expect(await renew(renewed, next.token)).toBe('431[{"ok":true}]');
  expect(await left.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
  expect(renewed.closed).toBe(false);
  await renewed.send('421["whoami"]');
  expect(await renewed.next('431')).toContain('ann');
  expect(await renewed.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
});

test('a socket takes no token of another login, and no bad one', async ({ shareExample }) => {
  const example = await shareExample(NAME);
  const { origin } = example;
  const [ann, bob] = [await begin(origin), await begin(origin, 'bob')];
  const raw = await enter(origin, ann.token);
  expect(await renew(raw, bob.token)).toContain('"FORBIDDEN"');
  expect(await renew(raw, (await begin(origin)).token)).toContain('"FORBIDDEN"');
  expect(await renew(raw, 'x')).toContain('"TOKEN_INVALID"');
  expect(await renew(raw, example.sign({ sub: 'u1' }))).toContain('"TOKEN_INVALID"'); // no sid
  for (const odd of [undefined, 7, {}]) expect(await renew(raw, odd)).toContain('"BAD_PAYLOAD"');
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('"ann"');
  raw.close();
});
