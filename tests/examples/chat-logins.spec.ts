// Two carriers at one door: the session of a browser, and the tokens of an app.
import { join } from 'node:path';
import { come, enter, logInForTokens, signForChat, steered } from '../support/chat.ts';
import { until, type Variant } from '../support/example.ts';
import { bearer, logInForCookie, post } from '../support/http.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const refresh = (origin: string, token: string) => post(`${origin}/refresh`, { refresh: token });

test('a browser with a session and an app with a token meet in one room, as one person', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const [browser, app] = [
    await come(origin),
    await enter(origin, {}, await logInForTokens(origin)),
  ];
  const bob = await come(origin, 'bob');
  for (const socket of [browser, app]) {
    expect(await socket.ask('whoami')).toEqual({ id: 'u1', name: 'ann', role: 'member' });
  }
  await app.ask('say', { text: 'from the phone' });
  for (const each of [browser, bob]) {
    expect(await each.hear('said')).toMatchObject({
      text: 'from the phone',
      from: { name: 'ann' },
    });
  }
});

test('of a cookie and a token the token counts, and a bad one is not made good by the cookie', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const headers = { Cookie: await logInForCookie(origin, 'ann') };
  const { token } = await logInForTokens(origin, 'bob');
  const both = await enter(origin, headers, { token });
  expect(await both.ask('whoami')).toMatchObject({ name: 'bob' });
  expect(await answerTo(origin, { headers, auth: { token: 'x' } })).toBe('TOKEN_INVALID');
  expect(await answerTo(origin, { headers, auth: { token: null } })).toBe('TOKEN_INVALID');
});

test('a logout is not forgotten over a restart, nor is a login', async ({ startExample }) => {
  const env = { DATABASE_FILE: join(test.info().outputPath(), 'chat.db') };
  const first = await startExample('chat', { env });
  const [out, stays] = [await logInForTokens(first.origin), await logInForTokens(first.origin)];
  const cookies = [await logInForCookie(first.origin), await logInForCookie(first.origin)];
  await post(`${first.origin}/logout`, {}, bearer(out.token));
  await post(`${first.origin}/logout`, {}, { Cookie: cookies[0] ?? '' });
  await first.stop('SIGKILL');
  const { origin } = await startExample('chat', { env });
  expect(await answerTo(origin, { auth: { token: out.token } })).toBe('TOKEN_INVALID');
  expect(await answerTo(origin, { auth: { token: stays.token } })).toBe('connected');
  expect((await refresh(origin, out.refresh)).status).toBe(401);
  expect((await refresh(origin, stays.refresh)).status).toBe(200);
  expect(await answerTo(origin, { headers: { Cookie: cookies[0] ?? '' } })).toBe('SESSION_MISSING');
  expect(await answerTo(origin, { headers: { Cookie: cookies[1] ?? '' } })).toBe('connected');
});

test('without the row of the login, a token is good again once the server has restarted', async ({
  startExample,
}) => {
  const env = { DATABASE_FILE: join(test.info().outputPath(), 'chat.db') };
  const variant: Variant = [
    [
      'if (kept?.account !== userId)',
      "if (by === 'session' && kept?.account !== userId)",
      'check.ts',
    ],
    ['kept.until : exp', '(kept?.until ?? 0) : exp', 'check.ts'],
  ];
  const first = await startExample('chat', { env, variant });
  const { token } = await logInForTokens(first.origin);
  await post(`${first.origin}/logout`, {}, bearer(token));
  expect(await answerTo(first.origin, { auth: { token } })).toBe('TOKEN_INVALID');
  await first.stop('SIGKILL');
  const { origin } = await startExample('chat', { env, variant });
  expect(await answerTo(origin, { auth: { token } })).toBe('connected');
});

test('a logout wins over a CONNECT that comes while its row is being deleted', async ({
  startExample,
}) => {
  const variant: Variant = [
    [
      'async end(id: string): Promise<string | undefined> {',
      `async end(id: string): Promise<string | undefined> {
         await new Promise((resolve) => setTimeout(resolve, 500));`,
      'logins.ts',
    ],
  ];
  const early: Variant[number] = ['  endLogin(id); // first', '  void 0; // first', 'routes.ts'];
  for (const [changes, answer] of [
    [variant, 'TOKEN_INVALID'],
    [[...variant, early], 'connected'],
  ] as const) {
    const example = await startExample('chat', { ...steered, variant: changes });
    const { token } = await logInForTokens(example.origin);
    const logout = post(`${example.origin}/logout`, {}, bearer(token));
    await expect.poll(() => example.steer({ do: 'urls' })).toContain('/logout');
    expect(await answerTo(example.origin, { auth: { token } })).toBe(answer);
    expect((await logout).status).toBe(204);
  }
});

test('a login that another process has ended is cut at the next look', async ({ startExample }) => {
  const example = await startExample('chat', { ...steered, env: { RECHECK_SECONDS: '1' } });
  const app = await enter(example.origin, {}, { token: signForChat() });
  await example.ask({ sql: 'DELETE FROM logins' });
  expect(await app.hear('ended', 3_000)).toMatchObject({ code: 'TOKEN_INVALID' });
});

test('a chat database that never answers is given up after 3 seconds', async ({ startExample }) => {
  for (const [ms, answer] of [
    [600, 'AUTH_UNAVAILABLE'],
    [60_000, 'silent'],
  ] as const) {
    const variant: Variant = [['within(3_000, ', `within(${ms}, `, 'check.ts']];
    const example = await startExample('chat', { ...steered, variant });
    const raw = await openWebSocket(example.origin);
    await example.steer({ do: 'slow', ms: 60_000 });
    const said = await raw.connect({ token: signForChat() }, '/', 1_500);
    expect(said.kind === 'refused' ? said.code : said.kind).toBe(answer);
    raw.close();
  }
});

test('the log of the chat names who and why, and holds no password, token, cookie or message', async ({
  startExample,
}) => {
  const example = await startExample('chat');
  const { origin } = example;
  const cookie = await logInForCookie(origin);
  const tokens = await logInForTokens(origin, 'bob');
  const bob = await enter(origin, {}, tokens);
  await bob.ask('say', { text: 'a secret of bob' });
  await post(`${origin}/login`, {
    username: 'a password in the wrong box',
    password: 'wrong word',
  });
  await answerTo(origin, { auth: { token: `${tokens.token}x` } });
  await post(`${origin}/signup`, { username: 'cleo', password: 'a horse of 12 words' });
  await refresh(origin, tokens.refresh);
  await refresh(origin, tokens.refresh);
  await post(`${origin}/logout`, {}, { Cookie: cookie });
  await until(() => example.log.some(({ event }) => event === 'signed out'), 2_000);
  const events = example.log.map(({ event, code, user }) => [event, code ?? null, user ?? null]);
  expect(events).toEqual([
    ['signed in', null, 'u1'],
    ['signed in', null, 'u2'],
    ['refused', 'WRONG_CREDENTIALS', null],
    ['refused', 'TOKEN_INVALID', null],
    ['signed up', null, expect.any(String)],
    ['burned', 'TOKEN_INVALID', 'u2'],
    ['ended', 'TOKEN_INVALID', 'u2'],
    ['refused', 'TOKEN_INVALID', null],
    ['signed out', null, 'u1'],
  ]);
  const said = [...example.lines, ...example.errors].join('\n');
  const secrets = [decodeURIComponent(cookie).slice(6, 30), tokens.token.slice(-20)];
  secrets.push(tokens.refresh.slice(-20), 'horse', 'wrong', 'a secret of bob');
  for (const secret of secrets) expect(said).not.toContain(secret);
});
