// What happens to a session that a socket changes, and to a socket whose session ends.
import type { Request } from 'express';
import session, { type SessionOptions } from 'express-session';
import { loginFor, passportFor, type Users, withoutCheck } from '../content/runs/passport.ts';
import { saveOnly } from '../content/runs/session-writes.ts';
import { until } from '../support/example.ts';
import { logInForCookie } from '../support/http.ts';
import type { Plain } from '../support/plain.ts';
import { openPolling, openWebSocket, type Raw } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { CountingStore, cookieOf, expressOn, settings } from './session-app.ts';

type Saved = Request['session'];

/** Ann's sockets on a server that does with a session what the test says. */
async function withAnn(plain: Plain, change: Partial<SessionOptions> = {}) {
  const users: Users = new Map([['u1', { id: 'u1', name: 'ann' }]]);
  const store = new CountingStore();
  const passport = passportFor(users);
  const sessions = session(settings({ store, ...change }));
  const app = expressOn(plain).use(sessions, passport.session());
  loginFor(app, users);
  withoutCheck(plain.io, sessions, passport);
  app.post('/logout', (req, res) => req.logout(() => res.sendStatus(204)));
  app.post('/demote', ({ session }, res) => {
    session.role = 'member';
    res.sendStatus(204);
  });
  const requests: Request[] = [];
  plain.io.on('connection', ({ request }) => requests.push(request as Request));
  const headers = cookieOf(await fetch(`${plain.origin}/login/u1`, { method: 'POST' }));
  const open = async (by = openWebSocket): Promise<[Raw, Request]> => {
    const raw = await by(plain.origin, headers);
    await raw.connect();
    await until(() => requests.length > 0, 2_000);
    return [raw, requests.pop() as Request];
  };
  const call = (path: string, method = 'POST') =>
    fetch(`${plain.origin}${path}`, { method, headers });
  const row = () => Object.values(store.rows).find(({ passport }) => passport?.user);
  return { store, open, call, row };
}

const run = (saved: Saved, step: 'reload' | 'save') =>
  new Promise<string>((resolve) => saved[step]((error) => resolve(error ? error.message : 'ok')));

test('what a socket changes in its session is not stored until it is saved', async ({
  plainServer,
}) => {
  const { open, row } = await withAnn(await plainServer());
  for (const by of [openWebSocket, openPolling]) {
    const [raw, request] = await open(by);
    request.session.status = 'at lunch';
    await raw.send('421["whoami"]');
    await raw.next('431');
    expect(row()?.status).toBeUndefined();
    await run(request.session, 'save');
    expect(row()?.status).toBe('at lunch');
    delete request.session.status;
    await run(request.session, 'save');
    raw.close();
  }
});

test('save() on a socket after the logout brings the session back, and its cookie is good again', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { open, call, row } = await withAnn(plain);
  saveOnly(plain.io);
  const [raw] = await open();
  await call('/logout');
  expect(await (await call('/me', 'GET')).json()).toBeNull();
  await raw.send('421["status","at lunch"]');
  expect(await raw.next('431')).toBe('431[{"ok":true}]');
  expect(row()?.passport).toEqual({ user: 'u1' });
  expect(await (await call('/me', 'GET')).json()).toEqual({ id: 'u1', name: 'ann' });
  raw.close();
});

test('save() writes all that the handshake read: what a request has changed since is undone', async ({
  plainServer,
}) => {
  const { open, call, row, store } = await withAnn(await plainServer());
  const [first, { session: admin }] = await open();
  admin.role = 'admin';
  await run(admin, 'save');
  first.close();
  const [raw, request] = await open();
  await call('/demote');
  expect(row()?.role).toBe('member');
  request.session.status = 'at lunch';
  await run(request.session, 'save');
  expect(row()).toMatchObject({ role: 'admin', status: 'at lunch' });
  expect(Object.keys(store.rows).length).toBe(1);
  raw.close();
});

test('after reload request.session is another object, and one kept from before is still the old one', async ({
  plainServer,
}) => {
  const { open, call } = await withAnn(await plainServer());
  const [raw, request] = await open();
  const before = request.session;
  await call('/demote');
  expect(await run(before, 'reload')).toBe('ok');
  expect([before.role, request.session.role]).toEqual([undefined, 'member']);
  expect(request.session).not.toBe(before);
  raw.close();
});

test('to save the object from before the reload is to save what the handshake read', async ({
  plainServer,
}) => {
  const { open, call, row } = await withAnn(await plainServer());
  const [raw, request] = await open();
  const before = request.session;
  await call('/demote');
  await run(before, 'reload');
  before.status = 'at lunch';
  await run(before, 'save');
  expect([row()?.status, row()?.role]).toEqual(['at lunch', undefined]);
  raw.close();
});

test('reload of a session that is gone is an error, and stores nothing', async ({
  plainServer,
}) => {
  const { open, call, row } = await withAnn(await plainServer());
  const [raw, request] = await open();
  await call('/logout');
  expect(await run(request.session, 'reload')).toBe('failed to load session');
  expect(row()).toBeUndefined();
  raw.close();
});

test('of two sockets that reload at the same moment, the later save undoes the earlier', async ({
  plainServer,
}) => {
  const { open, row } = await withAnn(await plainServer());
  const [one, first] = await open();
  const [two, second] = await open();
  await Promise.all([run(first.session, 'reload'), run(second.session, 'reload')]);
  first.session.role = 'member';
  second.session.status = 'at lunch';
  await run(first.session, 'save');
  expect(row()?.role).toBe('member');
  await run(second.session, 'save');
  expect([row()?.role, row()?.status]).toEqual([undefined, 'at lunch']);
  for (const raw of [one, two]) raw.close();
});

test('the end of a session changes nothing for its open socket', async ({ plainServer }) => {
  const plain = await plainServer();
  const { open, call } = await withAnn(plain, { cookie: { maxAge: 300 } });
  const [raw] = await open();
  await expect.poll(async () => (await call('/me', 'GET')).json(), { intervals: [500] }).toBeNull();
  plain.io.emit('said', 'for members only');
  expect(await raw.next('42')).toBe('42["said","for members only"]');
  await raw.send('422["whoami"]');
  expect(await raw.next('432')).toBe('432[{"id":"u1","name":"ann"}]');
  raw.close();
});

test('a request to Express moves the end of a session, and its socket stays that much longer', async ({
  startExample,
}) => {
  const { origin } = await startExample('session-passport', { env: { SESSION_TTL: '2' } });
  const Cookie = await logInForCookie(origin);
  const [busy, idle] = await Promise.all([
    openWebSocket(origin, { Cookie }),
    openWebSocket(origin, { Cookie: await logInForCookie(origin, 'bob') }),
  ]);
  await Promise.all([busy.connect(), idle.connect()]);
  const start = performance.now();
  await until(() => performance.now() - start > 1_200, 2_000);
  await fetch(`${origin}/me`, { headers: { Cookie } });
  expect(await idle.next('42["ended"', 2_000)).toContain('SESSION_EXPIRED');
  expect(busy.closed).toBe(false);
  expect(await busy.next('42["ended"', 2_500)).toContain('SESSION_EXPIRED');
});

test('events do not move the end of a session, not even those that save it', async ({
  startExample,
}) => {
  const { origin } = await startExample('session-passport', { env: { SESSION_TTL: '2' } });
  const raw = await openPolling(origin, { Cookie: await logInForCookie(origin) });
  await raw.connect();
  const start = performance.now();
  let events = 0;
  while (!raw.closed && performance.now() - start < 5_000) {
    events += 1;
    await raw.send(`42${events}["status",{"text":"busy"}]`);
    await new Promise((resolve) => setTimeout(resolve, 550)); // 20 in 10 seconds are allowed
  }
  expect(raw.packets).toContain('431[{"ok":true}]');
  expect(raw.packets.find((each) => each.startsWith('42["ended"'))).toContain('SESSION_EXPIRED');
  expect(performance.now() - start).toBeLessThan(3_500);
});

test('a status for a session whose row is gone answers SESSION_EXPIRED', async ({
  startExample,
}) => {
  const example = await startExample('session-passport');
  const raw = await openWebSocket(example.origin, {
    Cookie: await logInForCookie(example.origin),
  });
  await raw.connect();
  await example.steer({ do: 'forget' });
  await raw.send('421["status",{"text":"busy"}]');
  expect(await raw.next('431')).toContain('SESSION_EXPIRED');
});
