// What a session does in front of Express and the engine: one store or two, who is stored, and what
// the store is asked.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import session from 'express-session';
import { io as connect } from 'socket.io-client';
import { twoStores } from '../content/runs/one-session.ts';
import { until } from '../support/example.ts';
import { logInForCookie } from '../support/http.ts';
import { once, type Plain } from '../support/plain.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import {
  asked,
  CountingStore,
  cookieOf,
  expressOn,
  logIn,
  oneSession,
  poll,
  settings,
  withLogin,
} from './session-app.ts';

test('two session() calls with equal options have a store each: the socket finds no session', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  const app = expressOn(plain);
  twoStores(app, plain.io);
  withLogin(app, plain.io);
  const headers = cookieOf(await logIn(plain.origin));
  expect(await (await fetch(`${plain.origin}/me`, { headers })).json()).toEqual({ role: 'member' });
  const raw = await openWebSocket(plain.origin, headers);
  expect(await raw.connect()).toMatchObject({ code: 'SESSION_MISSING' });
  raw.close();
});

test('two session() calls with one store share their sessions', async ({ plainServer }) => {
  const plain = await plainServer();
  const store = new session.MemoryStore();
  const app = expressOn(plain).use(session(settings({ store })));
  plain.io.engine.use(session(settings({ store })));
  withLogin(app, plain.io);
  const raw = await openWebSocket(plain.origin, cookieOf(await logIn(plain.origin)));
  expect((await raw.connect()).kind).toBe('connected');
  raw.close();
});

test("given to Express and to the engine, one session() puts the cookie's session on socket.request", async ({
  plainServer,
}) => {
  const plain = await plainServer();
  oneSession(plain);
  const roles: unknown[] = [];
  plain.io.on('connection', ({ request }) => roles.push(asked(request).session.role));
  const headers = cookieOf(await logIn(plain.origin));
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(plain.origin, headers);
    await raw.connect();
    raw.close();
  }
  expect(roles).toEqual(['member', 'member']);
});

test('unless saveUninitialized is false, 200 polls without a cookie store 200 sessions', async ({
  plainServer,
}) => {
  const stored: number[] = [];
  for (const leave of [['saveUninitialized'], []] as const) {
    const plain = await plainServer();
    const store = oneSession(plain, {}, leave);
    for (let n = 0; n < 200; n += 1) await (await poll(plain.origin)).text();
    stored.push(Object.keys(store.rows).length);
  }
  expect(stored).toEqual([200, 0]);
});

test('unless resave is false, a slow request undoes what a quick one has changed', async ({
  plainServer,
}) => {
  const roles: unknown[] = [];
  for (const leave of [['resave'], []] as const) {
    const plain = await plainServer();
    const app = expressOn(plain).use(session(settings({}, leave)));
    withLogin(app, plain.io);
    const changed = Promise.withResolvers<void>();
    const slowIsIn = Promise.withResolvers<void>();
    app.get('/slow', async (_req, res) => {
      slowIsIn.resolve();
      await changed.promise;
      res.sendStatus(204);
    });
    app.post('/promote', ({ session }, res) => {
      session.role = 'admin';
      res.sendStatus(204);
    });
    const headers = cookieOf(await logIn(plain.origin));
    const slow = fetch(`${plain.origin}/slow`, { headers });
    await slowIsIn.promise;
    await fetch(`${plain.origin}/promote`, { method: 'POST', headers });
    changed.resolve();
    await slow;
    roles.push(await (await fetch(`${plain.origin}/me`, { headers })).json());
  }
  expect(roles).toEqual([{ role: 'member' }, { role: 'admin' }]);
});

/** What the store is asked while the official client connects and moves to WebSocket. */
async function askedByOneConnect(
  plain: Plain,
  wrap: (sessions: RequestHandler) => RequestHandler,
): Promise<CountingStore['asked']> {
  const store = new CountingStore();
  const sessions = session(settings({ store }));
  withLogin(expressOn(plain).use(sessions), plain.io);
  plain.io.engine.use(wrap(sessions));
  const extraHeaders = cookieOf(await logIn(plain.origin));
  Object.assign(store.asked, { get: 0, set: 0, touch: 0 });
  const client = connect(plain.origin, { extraHeaders, forceNew: true });
  await once(client, 'connect');
  await until(() => client.io.engine.transport.name === 'websocket', 5_000);
  client.close();
  return { ...store.asked };
}

test('in io.engine.use a session is read for each request of a connection, and each poll moves its end', async ({
  plainServer,
}) => {
  const { get, touch } = await askedByOneConnect(await plainServer(), (sessions) => sessions);
  expect(get).toBeGreaterThanOrEqual(4);
  expect(touch).toBeGreaterThanOrEqual(2);
});

test('for requests without a sid alone, a session is read once for a connection', async ({
  plainServer,
}) => {
  const once = await askedByOneConnect(await plainServer(), (sessions) => (req, res, next) => {
    const { _query } = req as unknown as { _query: { sid?: string } };
    _query.sid ? next() : sessions(req, res, next);
  });
  expect(once).toEqual({ get: 1, set: 0, touch: 1 });
});

test('a foreign page is turned away before the session store is asked', async ({
  startExample,
}) => {
  const waited: boolean[] = [];
  for (const variant of [[], [[' || !fromOwnPage(req)', '']]] as const) {
    const example = await startExample('session-passport', { variant });
    const Cookie = await logInForCookie(example.origin);
    await example.steer({ do: 'store', ms: 1_000 });
    const start = performance.now();
    const response = await poll(example.origin, { Cookie, Origin: 'http://elsewhere.example' });
    expect(response.status).toBe(403);
    waited.push(performance.now() - start >= 1_000);
  }
  expect(waited).toEqual([false, true]);
});

/** Starts a server whose store fails at `touch`, and polls it: the exit code, or null if it lives. */
function pollWithFailingTouch(wrap: string): { status: number | null; stderr: string } {
  const program = `
    import { createServer } from 'node:http';
    import session from 'express-session';
    import { Server } from 'socket.io';
    const store = new session.MemoryStore();
    store.touch = (_sid, _data, done) => setImmediate(done, new Error('the store is down'));
    const secret = 'a secret of the tests, and of nothing else';
    const sessions = session({ store, secret, resave: false, saveUninitialized: false });
    const http = createServer((req, res) => sessions(req, res, () => {
      req.session.role = 'member';
      res.end();
    }));
    const io = new Server(http);
    io.engine.use(${wrap});
    http.listen(0, '127.0.0.1', async () => {
      const url = 'http://127.0.0.1:' + http.address().port;
      const [cookie] = (await fetch(url)).headers.getSetCookie();
      await fetch(url + '/socket.io/?EIO=4&transport=polling', { headers: { cookie } });
      setTimeout(() => process.exit(7), 300);
    });`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    encoding: 'utf8',
    timeout: 10_000,
  });
}

test('a store that fails after its session was read calls next again, and the process ends', () => {
  const { status, stderr } = pollWithFailingTouch('sessions');
  expect(status).toBe(1);
  expect(stderr).toContain('Cannot set headers after they are sent');
});

test('where next is settled once, a store that fails after its session was read ends nothing', () => {
  const once = `(req, res, next) => {
    new Promise((resolve, reject) => sessions(req, res, (e) => (e ? reject(e) : resolve())))
      .then(() => next(), next);
  }`;
  expect(pollWithFailingTouch(once).status).toBe(7);
});
