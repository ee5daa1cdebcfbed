// What refresh-rotation does over HTTP: the cookie, the rotation, the logout.
import type { Example } from '../support/example.ts';
import { post } from '../support/http.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';
import { begin, enter, logOut, refresh } from '../support/refresh.ts';
import { expect, test } from '../support/test.ts';

const NAME = 'refresh-rotation';

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

/** Signs out while a refresh of the same login is under way; gives what the refresh got. */
async function logOutMeanwhile(example: Example): Promise<string> {
  const { origin } = example;
  const { token, cookie } = await begin(origin);
  await example.steer({ do: 'slow', ms: 300 });
  const lookedUp = example.lookup('u1');
  const refreshing = refresh(origin, cookie);
  await lookedUp;
  await logOut(origin, token);
  const late = await refreshing;
  await example.steer({ do: 'slow', ms: 0 });
  return late.token ? answerTo(origin, { auth: { token: late.token } }) : late.code;
}

test('a logout during a slow refresh wins', async ({ startExample }) => {
  const deletes = ['this.all.delete(sid);\n    this.emit', 'this.emit', 'families.ts'] as const;
  const listed = ['ended.set(sid, Date.now() + TOKEN_TTL * 1000);', ''] as const;
  const answers: string[] = [];
  for (const variant of [[], [deletes], [deletes, listed]]) {
    answers.push(await logOutMeanwhile(await startExample(NAME, { variant })));
  }
  // Two defenses: the refresh is refused, and where it is not, what it gives is worth nothing.
  expect(answers).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID', 'connected']);
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
