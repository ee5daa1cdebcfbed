// The cookie of a session: what stands in it, and when it goes out, behind a proxy too.
import session from 'express-session';
import { until } from '../support/example.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import {
  cookieOf,
  expressOn,
  logIn,
  oneSession,
  poll,
  settings,
  withLogin,
} from './session-app.ts';

test("a session's id stands readable in its cookie, in front of the signature", async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const store = oneSession(plain);
  const { Cookie } = cookieOf(await logIn(plain.origin));
  const [id, signature] = decodeURIComponent(Cookie).slice('sid=s:'.length).split('.');
  expect(Object.keys(store.rows)).toEqual([id]);
  expect(signature).toMatch(/^[\w+/]{43}$/);
});

test('a session id without its signature, or with another, is not looked up', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const store = oneSession(plain);
  const { Cookie } = cookieOf(await logIn(plain.origin));
  const [id] = decodeURIComponent(Cookie).slice('sid=s:'.length).split('.');
  const other = `${Cookie.slice(0, -1)}${Cookie.endsWith('A') ? 'B' : 'A'}`;
  for (const forged of [`sid=${id}`, `sid=s%3A${id}`, other]) {
    const raw = await openWebSocket(plain.origin, { Cookie: forged });
    expect(await raw.connect()).toMatchObject({ code: 'SESSION_MISSING' });
    raw.close();
  }
  expect(store.asked.get).toBe(0);
});

const secure = { secure: true, maxAge: 60_000 };
const https = { 'X-Forwarded-Proto': 'https' };

test('behind a proxy a Secure cookie is set only where the proxy is trusted, and nothing reports it', async ({
  plainServer,
}) => {
  const answers: unknown[] = [];
  for (const trust of ['nobody', 'express', 'session']) {
    const plain = await plainServer();
    const proxy = trust === 'session' ? { proxy: true } : {};
    const app = expressOn(plain).set('trust proxy', trust === 'express');
    app.use(session(settings({ cookie: secure, ...proxy })));
    withLogin(app, plain.io);
    const { status, headers } = await logIn(plain.origin, https);
    answers.push([trust, status, headers.getSetCookie().length]);
  }
  expect(answers).toEqual([
    ['nobody', 204, 0],
    ['express', 204, 1],
    ['session', 204, 1],
  ]);
});

test('in the engine a Secure session is read without any trust, and its cookie is renewed only with proxy: true', async ({
  plainServer,
}) => {
  const renewed: unknown[] = [];
  for (const proxy of [{}, { proxy: true }]) {
    const plain = await plainServer();
    const sessions = session(settings({ cookie: secure, rolling: true, ...proxy }));
    const app = expressOn(plain).set('trust proxy', true).use(sessions);
    plain.io.engine.use(sessions);
    withLogin(app, plain.io);
    const headers = { ...https, ...cookieOf(await logIn(plain.origin, https)) };
    renewed.push((await poll(plain.origin, headers)).headers.getSetCookie().length);
    const raw = await openPolling(plain.origin, headers);
    expect((await raw.connect()).kind).toBe('connected');
    raw.close();
  }
  expect(renewed).toEqual([0, 1]);
});

test('a session cookie is sent again only when the session has changed, or with rolling', async ({
  plainServer,
}) => {
  const sent: unknown[] = [];
  for (const rolling of [false, true]) {
    const plain = await plainServer();
    const store = oneSession(plain, { rolling, cookie: { maxAge: 60_000 } });
    const login = await logIn(plain.origin);
    const end = () => Object.values(store.rows).map(({ cookie }) => cookie.expires);
    const before = end();
    const now = Date.now();
    await until(() => Date.now() > now, 1_000);
    const read = await fetch(`${plain.origin}/me`, { headers: cookieOf(login) });
    expect(end()).not.toEqual(before); // the store's row has moved either way
    sent.push([login, read].map(({ headers }) => headers.getSetCookie().length));
  }
  expect(sent).toEqual([
    [1, 0],
    [1, 1],
  ]);
});
