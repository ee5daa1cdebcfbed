// What auth-field does for those it lets in, and how it ends them.
import { until } from '../support/example.ts';
import { get, logIn, post } from '../support/http.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

const ownPage = (origin: string) => ({ Origin: origin });

test('the own page connects by polling and by WebSocket', async ({ shareExample }) => {
  const example = await shareExample('auth-field');
  for (const open of [openWebSocket, openPolling]) {
    for (const headers of [ownPage(example.origin), {}, { 'Sec-Fetch-Site': 'same-origin' }]) {
      const raw = await open(example.origin, headers);
      expect((await raw.connect({ token: example.sign() })).kind).toBe('connected');
      raw.close();
    }
  }
});

test('ORIGINS replaces the own origin by a list', async ({ startExample }) => {
  const env = { ORIGINS: 'https://chat.example, https://beta.example' };
  const { origin } = await startExample('auth-field', { env });
  (await openWebSocket(origin, { Origin: 'https://beta.example' })).close();
  await expect(openWebSocket(origin, { Origin: origin })).rejects.toThrow('400');
});

test('whoami answers three fields, whatever else the store knows of the user', async ({
  startExample,
}) => {
  const variant = [
    ['disabled: row.disabled };', "disabled: row.disabled, hash: 'secret' } as User;", 'users.ts'],
  ] as const;
  const example = await startExample('auth-field', { variant });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: await logIn(example.origin) });
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toBe('431[{"id":"u1","name":"ann","role":"member"}]');
});

test('a message names its sender, whatever the client claims', async ({ shareExample }) => {
  const example = await shareExample('auth-field');
  const ann = await openWebSocket(example.origin);
  const bob = await openWebSocket(example.origin);
  await ann.connect({ token: example.sign({ sub: 'u1' }) });
  await bob.connect({ token: example.sign({ sub: 'u2' }) });
  await bob.send('421["say",{"text":"hello","from":{"id":"u1","name":"ann"}}]');
  expect(await ann.next('42')).toBe('42["said",{"from":{"id":"u2","name":"bob"},"text":"hello"}]');
  expect(await bob.next('431')).toBe('431[{"ok":true}]');
});

test('a malformed event is answered BAD_PAYLOAD, and too many RATE_LIMITED', async ({
  startExample,
}) => {
  const example = await startExample('auth-field');
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  await raw.send('421["say",{"text":""}]');
  expect(await raw.next('431')).toContain('"code":"BAD_PAYLOAD"');
  await raw.send(...Array.from({ length: 20 }, () => '422["whoami"]'), '423["whoami"]');
  expect(await raw.next('433')).toContain('"code":"RATE_LIMITED"');
});

test('a message of 900 kB closes the connection of a signed-in client', async ({
  shareExample,
}) => {
  const example = await shareExample('auth-field');
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  await raw.send(`42["say",{"text":"${'x'.repeat(900_000)}"}]`);
  expect(await raw.isClosed(1_000)).toBe(true);
});

test('FORBIDDEN closes nothing: the namespace that was joined goes on', async ({
  shareExample,
}) => {
  const example = await shareExample('auth-field');
  const raw = await openWebSocket(example.origin);
  const token = example.sign();
  await raw.connect({ token });
  expect(await raw.connect({ token }, '/admin')).toMatchObject({ code: 'FORBIDDEN' });
  expect(await raw.connect({ token }, '/nowhere')).toMatchObject({ code: 'FORBIDDEN' });
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('ann');
  expect((await raw.connect({ token: example.sign({ sub: 'u3' }) }, '/admin')).kind).toBe(
    'connected',
  );
});

test('a bad token at a second namespace closes the connection, the first namespace with it', async ({
  shareExample,
}) => {
  const example = await shareExample('auth-field');
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  expect(await raw.connect({ token: 'guess' }, '/admin')).toMatchObject({ code: 'TOKEN_INVALID' });
  expect(await raw.next('42["ended"')).toContain('TOKEN_INVALID');
  expect(await raw.isClosed(500)).toBe(true);
});

test('a store that fails at a second namespace leaves the first one alone', async ({
  shareExample,
}) => {
  const example = await shareExample('auth-field');
  const raw = await openWebSocket(example.origin);
  const token = example.sign({ sub: 'u3' });
  await raw.connect({ token });
  await example.steer({ do: 'down', on: true });
  expect(await raw.connect({ token }, '/admin')).toMatchObject({ code: 'AUTH_UNAVAILABLE' });
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('root');
  await example.steer({ do: 'down', on: false });
  expect((await raw.connect({ token }, '/admin')).kind).toBe('connected');
});

test('one connection may hold two logins: the logout of one leaves the other', async ({
  shareExample,
}) => {
  const example = await shareExample('auth-field');
  const raw = await openWebSocket(example.origin);
  const token = example.sign();
  await raw.connect({ token });
  await raw.connect({ token: example.sign({ sub: 'u3' }) }, '/admin');
  await post(`${example.origin}/logout`, '', { Authorization: `Bearer ${token}` });
  expect(await raw.next('42["ended"')).toContain('TOKEN_INVALID');
  await raw.send('42/admin,1["whoami"]');
  expect(await raw.next('43/admin,1')).toContain('root');
});

test('a token of 30 days does not end at once', async ({ startExample }) => {
  const example = await startExample('auth-field', { env: { TOKEN_TTL: '2592000' } });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: await logIn(example.origin) });
  expect(await raw.isClosed(300)).toBe(false);
});

test('a timer set to 30 days ends the socket at once', async ({ startExample }) => {
  const variant = [
    [
      'live.add(socket);',
      `live.add(socket);
       const left = socket.data.claims.exp * 1000 - Date.now();
       setTimeout(() => end(socket, 'TOKEN_EXPIRED'), left);`,
    ],
  ] as const;
  const env = { TOKEN_TTL: '2592000' };
  const example = await startExample('auth-field', { env, variant });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: await logIn(example.origin) });
  expect(await raw.isClosed(300)).toBe(true);
});

test('an interval of 30 days between two looks is no loop', async ({ startExample }) => {
  const env = { TOKEN_TTL: '2592000', RECHECK_SECONDS: '2592000' };
  const example = await startExample('auth-field', { env });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: await logIn(example.origin) });
  expect(await raw.isClosed(300)).toBe(false);
  expect(example.errors).toEqual([]);
});

test('a user who vanishes without an announcement is cut at the next look', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { env: { RECHECK_SECONDS: '1' } });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  await example.steer({ do: 'vanish', id: 'u1' });
  expect(await raw.next('42["ended"')).toContain('USER_UNKNOWN');
  expect(await raw.isClosed(500)).toBe(true);
});

test('an admin who is no longer one is cut at the next look', async ({ startExample }) => {
  const example = await startExample('auth-field', { env: { RECHECK_SECONDS: '1' } });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign({ sub: 'u3' }) }, '/admin');
  await example.steer({ do: 'demote', id: 'u3' });
  expect(await raw.next('42/admin,["ended"')).toContain('FORBIDDEN');
});

test('a store that is down ends nobody who is in', async ({ startExample }) => {
  const example = await startExample('auth-field', { env: { RECHECK_SECONDS: '1' } });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  await example.steer({ do: 'down', on: true });
  await example.lookup('u1');
  expect(await raw.isClosed(200)).toBe(false);
  expect((await get(`${example.origin}/me`, example.sign())).status).toBe(503);
});

test('each refusal and each ending is one JSON line, without the credential', async ({
  startExample,
}) => {
  const example = await startExample('auth-field');
  const token = example.sign();
  await (await openWebSocket(example.origin)).connect({ token: `${token}x` });
  await (await openWebSocket(example.origin)).connect({ token: example.sign({ sub: 'u9' }) });
  await openPolling(example.origin, { Origin: 'null' }).catch(() => {});
  await (await openWebSocket(example.origin)).connect({ token });
  await post(`${example.origin}/logout`, '', { Authorization: `Bearer ${token}` });
  await until(() => example.log.length === 4, 2_000);
  expect(example.log).toMatchObject([
    { event: 'refused', code: 'TOKEN_INVALID', user: null, address: '127.0.0.1' },
    { event: 'refused', code: 'USER_UNKNOWN', user: 'u9', address: '127.0.0.1' },
    { event: 'refused', code: 'FORBIDDEN', user: null, address: '127.0.0.1' },
    { event: 'ended', code: 'TOKEN_INVALID', user: 'u1', address: '127.0.0.1' },
  ]);
  expect(example.lines.join()).not.toContain(token.slice(-20));
});

test('a token that the server has not signed a claim set for stays out over HTTP too', async ({
  shareExample,
}) => {
  const example = await shareExample('auth-field');
  for (const token of [example.sign({ aud: 'x' }), example.sign({ exp: null }), 'x']) {
    expect((await get(`${example.origin}/me`, token)).status).toBe(401);
  }
});

test('a throw in an async middleware ends the process', async ({ startExample }) => {
  const variant = [
    [
      'const { conn, nsp, handshake } = socket;',
      `const { conn, nsp, handshake } = socket;
       if (!handshake.auth.token) throw new Error('unauthorized');`,
    ],
  ] as const;
  const example = await startExample('auth-field', { variant });
  await (await openWebSocket(example.origin)).connect();
  await until(() => !example.alive, 2_000);
});
