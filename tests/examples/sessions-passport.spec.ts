// What Passport does for a socket, and what it leaves to you.
import type { Request } from 'express';
import session from 'express-session';
import {
  loginFor,
  type Passport,
  passportFor,
  type Users,
  withoutCheck,
} from '../content/runs/passport.ts';
import { logInForCookie, post } from '../support/http.ts';
import type { Plain } from '../support/plain.ts';
import { openPolling, openWebSocket, type Raw } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { CountingStore, cookieOf, expressOn, settings } from './session-app.ts';

const logIn = (origin: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}/login/u1`, { method: 'POST', headers });

/** Express and the engine with one session and one Passport, and Ann in the user store. */
function withPassport(plain: Plain, change?: (passport: Passport) => void) {
  const users: Users = new Map([['u1', { id: 'u1', name: 'ann' }]]);
  const passport = passportFor(users);
  change?.(passport);
  const store = new CountingStore();
  const sessions = session(settings({ store }));
  const app = expressOn(plain).use(sessions, passport.session());
  loginFor(app, users);
  withoutCheck(plain.io, sessions, passport);
  return { app, users, store };
}

async function whoami(raw: Raw): Promise<string | undefined> {
  await raw.connect();
  await raw.send('421["whoami"]');
  return raw.next('431');
}

test('passport.session() puts the user on socket.request, and initialize() is not needed', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  withPassport(plain);
  const headers = cookieOf(await logIn(plain.origin));
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(plain.origin, headers);
    expect(await whoami(raw)).toBe('431[{"id":"u1","name":"ann"}]');
    raw.close();
  }
});

test('passport.session() refuses nobody: without a session, or with a user who is gone, a socket connects', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { users } = withPassport(plain);
  const headers = cookieOf(await logIn(plain.origin));
  users.clear();
  for (const sent of [{}, headers]) {
    const raw = await openWebSocket(plain.origin, sent);
    expect(await whoami(raw)).toBe('431[null]');
    plain.io.emit('said', 'for members only');
    expect(await raw.next('42')).toBe('42["said","for members only"]');
    raw.close();
  }
});

test('a user who is gone is taken out of the stored session by a request that looked', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { users, store } = withPassport(plain);
  const headers = cookieOf(await logIn(plain.origin));
  expect(Object.values(store.rows)).toMatchObject([{ passport: { user: 'u1' } }]);
  users.clear();
  await fetch(`${plain.origin}/me`, { headers });
  expect(Object.values(store.rows)).toMatchObject([{ passport: {} }]);
  expect(Object.values(store.rows)[0]?.passport).toEqual({});
});

test("Passport keeps the user's id in session.passport.user, and nothing else of the user", async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const { store } = withPassport(plain);
  await logIn(plain.origin);
  expect(Object.values(store.rows)).toMatchObject([{ passport: { user: 'u1' } }]);
  expect(JSON.stringify(store.rows)).not.toContain('ann');
});

test('passport.session() in front of the session fails every handshake', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const passport = passportFor(new Map());
  withoutCheck(plain.io, passport.session(), passport);
  const response = await fetch(`${plain.origin}/socket.io/?EIO=4&transport=polling`);
  expect(response.status).toBe(400);
});

test('deserializeUser means nobody by null or false; undefined is an error', async ({
  plainServer,
}) => {
  const statuses: unknown[] = [];
  for (const nobody of [null, false, undefined]) {
    const plain = await plainServer();
    withPassport(plain, (passport) => {
      Reflect.set(passport, '_deserializers', []);
      passport.deserializeUser((_id, done) => done(null, nobody));
    });
    const headers = cookieOf(await logIn(plain.origin));
    const poll = await fetch(`${plain.origin}/socket.io/?EIO=4&transport=polling`, { headers });
    statuses.push([nobody, poll.status]);
  }
  expect(statuses).toEqual([
    [null, 200],
    [false, 200],
    [undefined, 400],
  ]);
});

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
