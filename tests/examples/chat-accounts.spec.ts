// Accounts of the chat: who may be called what, with which password, how often, and who may end one.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { come, enter, logInForTokens, steered } from '../support/chat.ts';
import { Example, until, type Variant } from '../support/example.ts';
import { get, logInForCookie, PASSWORD, post } from '../support/http.ts';
import { answerTo } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const signUp = (origin: string, username: unknown, password: unknown = 'a horse of 12 words') =>
  post(`${origin}/signup`, { username, password });

test('who signs up signs in, in the lobby, and in no other room', async ({ startExample }) => {
  const { origin } = await startExample('chat');
  const response = await signUp(origin, 'Cleo', 'a horse of 12 words');
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ id: expect.any(String), name: 'cleo' });
  expect(response.headers.getSetCookie(), 'a login is a step of its own').toEqual([]);
  const login = await post(`${origin}/login`, {
    username: 'CLEO',
    password: 'a horse of 12 words',
  });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const cleo = await enter(origin, { Cookie: cookie });
  expect(await cleo.ask('whoami')).toMatchObject({ name: 'cleo', role: 'member' });
  expect((await cleo.ask('rooms')).rooms?.map(({ name }) => name)).toEqual(['Lobby']);
});

test('a name is unique, whatever its capitals, and looks like no other', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  for (const name of ['ann', 'ANN', 'Root']) {
    const response = await signUp(origin, name);
    expect(response.status, name).toBe(409);
    expect(await response.json()).toEqual({ code: 'NAME_TAKEN', message: 'This name is taken.' });
  }
  // Cyrillic а, an invisible joiner, a line break, markup, and what is no text at all.
  const bad = [
    '\u0430nn',
    'a\u200dnn',
    'ann\n',
    '<b>x</b>',
    'a b',
    'ab',
    'x'.repeat(25),
    '-ann',
    '',
  ];
  for (const name of [...bad, 7, null, {}, ['ann']]) {
    expect((await signUp(origin, name)).status, JSON.stringify(name)).toBe(400);
  }
});

test('a short, a common and a telling password are refused, in words', async ({ startExample }) => {
  const { origin } = await startExample('chat');
  for (const [password, words] of [
    ['elevenchars', 'at least 12'],
    ['passwordpassword', 'everybody tries'],
    ['password12345678', 'everybody tries'],
    ['aaaaaaaaaaaaaaaa', 'everybody tries'],
    ['my name is Cleo!', 'your name'],
  ] as const) {
    const response = await signUp(origin, 'cleo', password);
    expect(response.status, password).toBe(400);
    expect((await response.json()).message).toContain(words);
  }
  expect((await signUp(origin, 'cleo', 'x'.repeat(257))).status, 'too long').toBe(400);
  expect((await signUp(origin, 'cleo', 'no digit and no capital')).status).toBe(201);
});

/** Not to wait for forty hashes. */
const cheap = ['[2 ** 14, 8, 5]', '[2 ** 8, 8, 1]', 'passwords.ts'] as const;

test('the 21st account in an hour from one address is refused', async ({ startExample }) => {
  const { origin } = await startExample('chat', { variant: [cheap] });
  const statuses = [];
  for (let n = 0; n < 21; n += 1) statuses.push((await signUp(origin, `robot-${n}`)).status);
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 201));
  expect(statuses[20]).toBe(429);
  const response = await signUp(origin, 'robot-21');
  expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(60);
  expect(await logInForCookie(origin, 'ann'), 'others sign in as ever').toBeTruthy();
});

test('without a limit a machine signs up as often as it likes', async ({ startExample }) => {
  const variant: Variant = [cheap, ["await signUps.consume(req.ip ?? '');", '', 'routes.ts']];
  const { origin } = await startExample('chat', { variant });
  const statuses = [];
  for (let n = 0; n < 25; n += 1) statuses.push((await signUp(origin, `robot-${n}`)).status);
  expect(new Set(statuses)).toEqual(new Set([201]));
});

test('an admin lists the accounts and disables one, which ends its sockets and its logins', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const root = { Cookie: await logInForCookie(origin, 'root') };
  const bobs = await logInForTokens(origin, 'bob');
  const [onPhone, inBrowser] = [await enter(origin, {}, bobs), await come(origin, 'bob')];
  const list = await (await fetch(`${origin}/admin/users`, { headers: root })).json();
  expect(list.users).toContainEqual({ id: 'u2', name: 'bob', role: 'member', disabled: false });
  expect(JSON.stringify(list)).not.toContain('scrypt');

  expect((await post(`${origin}/admin/users/u2/disable`, {}, root)).status).toBe(204);
  for (const bob of [onPhone, inBrowser]) {
    expect(await bob.hear('ended', 500)).toMatchObject({ code: 'USER_UNKNOWN' });
    expect(await bob.raw.isClosed(500)).toBe(true);
  }
  const again = await post(`${origin}/refresh`, { refresh: bobs.refresh });
  const { token } = await again.json();
  expect((await get(`${origin}/me`, token)).status, 'a fresh token does not help').toBe(401);
  expect((await post(`${origin}/login`, { username: 'bob', password: PASSWORD })).status).toBe(401);

  expect((await post(`${origin}/admin/users/u2/enable`, {}, root)).status).toBe(204);
  expect((await get(`${origin}/me`, token)).status, 'the old logins stay ended').toBe(401);
  expect(await come(origin, 'bob')).toBeTruthy();
});

test('a member, and an admin who is one no more, are refused the accounts', async ({
  startExample,
}) => {
  const example = await startExample('chat', steered);
  const { origin } = example;
  const [ann, root] = [await logInForCookie(origin), await logInForCookie(origin, 'root')];
  await example.steer({ do: 'demote', id: 'u3' });
  for (const Cookie of [ann, root, '']) {
    const headers = Cookie ? { Cookie } : {};
    const status = Cookie ? 403 : 401;
    expect((await fetch(`${origin}/admin/users`, { headers })).status).toBe(status);
    expect((await post(`${origin}/admin/users/u2/disable`, {}, headers)).status).toBe(status);
  }
  expect(await come(origin, 'bob'), 'nobody was disabled').toBeTruthy();
});

test('routes for admins that ask only for a login obey a member', async ({ startExample }) => {
  const variant: Variant = [
    ["if (user.role === 'admin') return next();", 'if (user) return next();', 'admin.ts'],
  ];
  const { origin } = await startExample('chat', { variant });
  const headers = { Cookie: await logInForCookie(origin) };
  expect((await post(`${origin}/admin/users/u2/disable`, {}, headers)).status).toBe(204);
});

test('an admin cannot lock out oneself, nor disable who is not there', async ({ startExample }) => {
  const { origin } = await startExample('chat');
  const root = { Cookie: await logInForCookie(origin, 'root') };
  expect((await post(`${origin}/admin/users/u3/disable`, {}, root)).status).toBe(403);
  expect((await post(`${origin}/admin/users/nobody/disable`, {}, root)).status).toBe(400);
  const foreign = { ...root, Origin: 'http://localhost:1' };
  expect((await post(`${origin}/admin/users/u2/disable`, {}, foreign)).status).toBe(403);
});

test('a chat in production has no demo accounts, and does not start on a database with some', async ({
  startExample,
}) => {
  const file = join(test.info().outputPath(), 'chat.db');
  const env = { NODE_ENV: 'production' };
  const { origin } = await startExample('chat', { env });
  const login = { username: 'ann', password: PASSWORD };
  const tls = { 'X-Forwarded-Proto': 'https' };
  expect((await post(`${origin}/login`, login, tls)).status).toBe(401);
  expect(await (await get(origin)).text()).not.toContain(PASSWORD);
  expect((await signUp(origin, 'ann')).status).toBe(201);
  const own = { username: 'ann', password: 'a horse of 12 words' };
  const [cookie = ''] = (await post(`${origin}/login`, own, tls)).headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-sid=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax/);
  const headers = { ...tls, Cookie: cookie.split(';')[0] ?? '' };
  expect(await answerTo(origin, { headers })).toBe('connected');

  const dev = await startExample('chat', { env: { DATABASE_FILE: file } });
  await dev.stop('SIGTERM');
  const example = new Example('chat', { env: { ...env, DATABASE_FILE: file } });
  await until(() => !example.alive, 10_000);
  expect(await example.stop()).toBe(1);
  expect(example.errors).toEqual([expect.stringContaining('demo password')]);
});

test('promote makes an account an admin, and says so when there is none', async ({
  startExample,
}) => {
  const DATABASE_FILE = join(test.info().outputPath(), 'chat.db');
  const env = { DATABASE_FILE, RECHECK_SECONDS: '1' };
  const { origin } = await startExample('chat', { env });
  const ann = await come(origin);
  const promote = (name: string) =>
    execFileSync(process.execPath, ['examples/chat/promote.ts', name], {
      env: { ...process.env, DATABASE_FILE },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(promote('ann')).toContain('ann is an admin.');
  expect(await ann.hear('ended', 3_000), 'let it connect anew').toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(await (await come(origin)).ask('whoami')).toMatchObject({ role: 'admin' });
  expect(() => promote('nobody')).toThrow('There is no account "nobody"');
});
