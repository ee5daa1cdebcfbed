// What Passport's req.login and req.logout do to the session, and to the sockets that are open.
import type { Request } from 'express';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { logIn, whoami, withPassport } from './passport-app.ts';
import { cookieOf } from './session-app.ts';

test('req.login makes a session with a new id, and the row of the old one is gone', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { store } = withPassport(plain);
  const first = cookieOf(await logIn(plain.origin));
  const [before] = Object.keys(store.rows);
  const second = cookieOf(await logIn(plain.origin, first));
  const [after, ...rest] = Object.keys(store.rows);
  expect([after === before, rest.length]).toEqual([false, 0]);
  const me = async (headers: Record<string, string>) =>
    (await fetch(`${plain.origin}/me`, { headers })).json();
  expect([await me(first), await me(second)]).toEqual([null, { id: 'u1', name: 'ann' }]);
});

test('req.login leaves behind what the session held, unless keepSessionInfo is set', async ({
  plainServer,
}) => {
  const kept: unknown[] = [];
  for (const keepSessionInfo of [false, true]) {
    const plain = await plainServer();
    const { app, users, store } = withPassport(plain);
    app.post('/status', ({ session }: Request, res) => {
      session.status = 'at lunch';
      res.sendStatus(204);
    });
    app.post('/again', (req, res) => {
      req.login(users.get('u1') ?? {}, { keepSessionInfo, session: true }, () =>
        res.sendStatus(204),
      );
    });
    const visitor = cookieOf(await fetch(`${plain.origin}/status`, { method: 'POST' }));
    await fetch(`${plain.origin}/again`, { method: 'POST', headers: visitor });
    kept.push(Object.values(store.rows).map(({ status }) => status));
  }
  expect(kept).toEqual([[undefined], ['at lunch']]);
});

test('req.logout() without a callback throws, and the session stays signed in', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { app } = withPassport(plain);
  const thrown: unknown[] = [];
  app.post('/logout', (req, res) => {
    try {
      Reflect.apply(req.logout, req, []);
    } catch (error) {
      thrown.push(String(error));
    }
    res.sendStatus(204);
  });
  const headers = cookieOf(await logIn(plain.origin));
  await fetch(`${plain.origin}/logout`, { method: 'POST', headers });
  expect(thrown).toEqual(['Error: req#logout requires a callback function']);
  const me = await fetch(`${plain.origin}/me`, { headers });
  expect(await me.json()).toEqual({ id: 'u1', name: 'ann' });
});

test('req.logout puts a new, empty session in place of the old one, and leaves its open sockets alone', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { app, store } = withPassport(plain);
  app.post('/logout', (req, res) => req.logout(() => res.sendStatus(204)));
  const headers = cookieOf(await logIn(plain.origin));
  const raw = await openWebSocket(plain.origin, headers);
  await whoami(raw);
  const before = Object.keys(store.rows);
  const answer = await fetch(`${plain.origin}/logout`, { method: 'POST', headers });
  const [after, ...others] = Object.entries(store.rows);
  expect(after?.[1]).not.toHaveProperty('passport');
  expect([before.includes(after?.[0] ?? ''), others]).toEqual([false, []]);
  expect(cookieOf(answer).Cookie).toContain(after?.[0]);
  plain.io.emit('said', 'for members only');
  expect(await raw.next('42')).toBe('42["said","for members only"]');
  await raw.send('422["whoami"]');
  expect(await raw.next('432')).toBe('432[{"id":"u1","name":"ann"}]');
  raw.close();
});
