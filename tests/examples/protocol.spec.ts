// What Socket.IO does by itself: the facts that lessons state of the library, without our examples.
import { spawnSync } from 'node:child_process';
import { once as onceEmitted } from 'node:events';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io as connect, type Socket } from 'socket.io-client';
import { until } from '../support/example.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

// The client's Socket is an emitter of its own kind, which `once` of node:events knows at run time.
const once = (emitter: Socket | NodeJS.EventEmitter, event: string) =>
  onceEmitted(emitter as NodeJS.EventEmitter, event);

const no = Object.assign(new Error('unauthorized'), {
  data: { code: 'TOKEN_MISSING' },
  status: 401,
});

test('the first answer is an OPEN packet: the Engine.IO sid, and WebSocket offered', async ({
  plainServer,
}) => {
  const { origin } = await plainServer();
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  const text = await response.text();
  expect(text[0]).toBe('0');
  expect(JSON.parse(text.slice(1))).toEqual({
    sid: expect.stringMatching(/^[\w-]{20}$/),
    upgrades: ['websocket'],
    pingInterval: 25_000,
    pingTimeout: 20_000,
    maxPayload: 1_000_000,
  });
});

test('the default client of a page polls first, then upgrades to WebSocket', async ({
  page,
  startExample,
}) => {
  const example = await startExample('open-door');
  const transports: string[] = [];
  page.on('request', (request) => {
    const found = /transport=(\w+)/.exec(request.url());
    if (found?.[1]) transports.push(found[1]);
  });
  page.on('websocket', (socket) => {
    if (socket.url().includes('transport=websocket')) transports.push('websocket');
  });
  await page.goto(example.origin);
  await page.getByRole('button', { name: 'Open a socket' }).click();
  await expect.poll(() => transports.at(0)).toBe('polling');
  await expect.poll(() => transports).toContain('websocket');
});

test('io.use runs at CONNECT: the transport has been open since before', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  let runs = 0;
  io.use((_socket, next) => {
    runs += 1;
    next();
  });
  const raw = await openWebSocket(origin);
  await wait(50);
  expect([runs, io.engine.clientsCount]).toEqual([0, 1]);
  await raw.connect();
  expect(runs).toBe(1);
});

test('io.use runs again at each reconnection', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  let runs = 0;
  io.use((_socket, next) => {
    runs += 1;
    next();
  });
  const client = connect(origin, { reconnectionDelay: 10 });
  await once(client, 'connect');
  client.io.engine.close();
  await once(client, 'connect');
  client.close();
  expect(runs).toBe(2);
});

test('with connectionStateRecovery a client comes back without io.use', async ({ plainServer }) => {
  const { io, origin } = await plainServer({ connectionStateRecovery: {} });
  let runs = 0;
  io.use((_socket, next) => {
    runs += 1;
    next();
  });
  const client = connect(origin, { reconnectionDelay: 10 });
  await once(client, 'connect');
  const heard = once(client, 'news');
  io.emit('news'); // the client needs an offset to come back with
  await heard;
  client.io.engine.close();
  await once(client, 'connect');
  client.close();
  expect([runs, client.recovered]).toEqual([1, true]);
});

test('a throw in io.use ends the process', () => {
  const program = `
    import { createServer } from 'node:http';
    import { Server } from 'socket.io';
    import { io as connect } from 'socket.io-client';
    const http = createServer().listen(0, '127.0.0.1', () => {
      connect('http://127.0.0.1:' + http.address().port);
    });
    new Server(http).use(() => { throw new Error('unauthorized'); });`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    encoding: 'utf8',
    timeout: 10_000,
  });
  expect(status).toBe(1);
  expect(stderr).toContain('Error: unauthorized');
});

test('a refusal in io.use leaves the connection open, and the next CONNECT is answered', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((_socket, next) => next(no));
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(origin);
    for (let guess = 0; guess < 50; guess += 1) {
      expect((await raw.connect({ token: `guess ${guess}` })).kind).toBe('refused');
    }
    expect(raw.closed).toBe(false);
    raw.close();
  }
});

test('900 CONNECTs in one polling POST are answered 900 times by a server that only refuses', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((_socket, next) => next(no));
  const raw = await openPolling(origin);
  await raw.send(...Array.from({ length: 900 }, (_, n) => `40{"token":${n}}`));
  let answers = 0;
  while (answers < 900 && (await raw.next('44', 5_000))) answers += 1;
  raw.close();
  expect(answers).toBe(900);
});

test('the official client hangs up after a refusal, and does not try again', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  let refusals = 0;
  io.use((_socket, next) => {
    refusals += 1;
    next(no);
  });
  const client = connect(origin, { reconnectionDelay: 10 });
  await once(client, 'connect_error');
  expect(client.active).toBe(false);
  await until(() => io.engine.clientsCount === 0, 2_000);
  await wait(200);
  expect(refusals).toBe(1);
});

test('of an error given to next, the client gets message and data, nothing else', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((_socket, next) => next(no));
  const raw = await openWebSocket(origin);
  await raw.connect();
  expect(raw.packets.at(-1)).toBe('44{"message":"unauthorized","data":{"code":"TOKEN_MISSING"}}');
});

test('the official client that is in elsewhere keeps its connection after a refusal', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.of('/admin').use((_socket, next) => next(no));
  const client = connect(origin);
  await once(client, 'connect');
  const admin = client.io.socket('/admin');
  admin.connect();
  await once(admin, 'connect_error');
  await wait(100);
  expect(client.connected).toBe(true);
  client.close();
});

test('calling connect() in connect_error is a loop', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  let refusals = 0;
  io.use((_socket, next) => {
    refusals += 1;
    next(no);
  });
  const client = connect(origin, { transports: ['websocket'] });
  client.on('connect_error', () => client.connect());
  await until(() => refusals >= 20, 5_000);
  client.close();
});

test('connectTimeout closes a refused connection, unless it has joined a public namespace', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ connectTimeout: 300 });
  io.use((_socket, next) => next(no));
  io.of('/public');
  const refused = await openWebSocket(origin);
  const elsewhere = await openWebSocket(origin);
  await refused.connect();
  await elsewhere.connect();
  await elsewhere.connect(undefined, '/public');
  expect(await refused.isClosed(1_000)).toBe(true);
  expect(elsewhere.closed).toBe(false);
  expect((await elsewhere.connect({ token: 'guess' })).kind).toBe('refused');
});

test('without a setting of yours the server waits 45 seconds for CONNECT', async ({
  plainServer,
}) => {
  const { io } = await plainServer();
  expect(Reflect.get(io, '_connectTimeout')).toBe(45_000);
});

test('a bare WebSocket that sends no CONNECT hears nothing', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const silent = await openWebSocket(origin);
  const joined = await openWebSocket(origin);
  await joined.connect();
  io.emit('news', 'for those who are in');
  expect(await joined.next('42["news"')).toBeDefined();
  expect(silent.packets.filter((packet) => packet.startsWith('42'))).toEqual([]);
});

test('the Engine.IO sid and the socket.id are two', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const opened = once(io, 'connection');
  const raw = await openWebSocket(origin);
  const answer = await raw.connect();
  const [socket] = await opened;
  expect(answer).toEqual({ kind: 'connected', sid: socket.id });
  expect(socket.conn.id).not.toBe(socket.id);
});

test('the sid stays the same over the upgrade to WebSocket', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const client = connect(origin);
  await once(client, 'connect');
  const sid = client.io.engine.id;
  await until(() => client.io.engine.transport.name === 'websocket', 5_000);
  expect([client.io.engine.id, io.engine.clientsCount]).toEqual([sid, 1]);
  client.close();
});

test('after the upgrade a POST with the sid is refused', async ({ plainServer }) => {
  const { origin } = await plainServer();
  const client = connect(origin);
  await once(client, 'connect');
  await until(() => client.io.engine.transport.name === 'websocket', 5_000);
  const url = `${origin}/socket.io/?EIO=4&transport=polling&sid=${client.io.engine.id}`;
  await expect
    .poll(async () => (await fetch(url, { method: 'POST', body: '42["say","a thief"]' })).status)
    .toBe(400);
  client.close();
});

test('while a connection is on polling, whoever knows the Engine.IO sid sends as its owner', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: unknown[] = [];
  io.on('connection', (socket) => socket.on('say', (text) => heard.push([socket.id, text])));
  const owner = connect(origin, { transports: ['polling'] });
  await once(owner, 'connect');
  const sid = owner.io.engine.id;
  await fetch(`${origin}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain;charset=UTF-8' },
    body: '42["say","a thief"]',
  });
  await until(() => heard.length === 1, 2_000);
  expect(heard).toEqual([[owner.id, 'a thief']]);
  owner.close();
});

test('the sid stands in the URL of every polling request after the first', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('open-door');
  const urls: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('transport=polling')) urls.push(request.url());
  });
  await page.goto(origin);
  await page.getByRole('button', { name: 'Open a socket' }).click();
  await expect(page.getByRole('log')).toContainText('connected as socket');
  expect(urls[0]).not.toContain('sid=');
  expect(urls.slice(1).every((url) => /sid=[\w-]{20}/.test(url))).toBe(true);
});

test('io.use on the main namespace does not guard another one', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  io.use((_socket, next) => next(no));
  io.of('/admin');
  const raw = await openWebSocket(origin);
  expect((await raw.connect(undefined, '/admin')).kind).toBe('connected');
});

test('an unknown namespace is answered without a check, and the connection stays open', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((_socket, next) => next(no));
  const raw = await openWebSocket(origin);
  expect(await raw.connect(undefined, '/nowhere')).toMatchObject({ code: 'Invalid namespace' });
  expect(await raw.connect(undefined, '/nobody')).toMatchObject({ code: 'Invalid namespace' });
});

test('a check in the connection handler is too late: a broadcast gets out', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const checked = async () => {
    await wait(100);
    return false;
  };
  io.on('connection', async (socket) => {
    if (!(await checked())) socket.disconnect(true);
  });
  const raw = await openWebSocket(origin);
  expect((await raw.connect()).kind).toBe('connected');
  io.emit('secret', 'the merger is on Friday');
  expect(await raw.next('42["secret"')).toBe('42["secret","the merger is on Friday"]');
  expect(await raw.isClosed(1_000)).toBe(true);
});

test('auth may hold any JSON, and arrives as it was sent', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const tokens: unknown[] = [];
  io.use((socket, next) => {
    tokens.push(socket.handshake.auth.token);
    next();
  });
  for (const token of ['text', 42, ['a'], { sub: 'u1' }, null, undefined]) {
    const raw = await openWebSocket(origin);
    await raw.connect({ token });
    raw.close();
  }
  expect(tokens).toEqual(['text', 42, ['a'], { sub: 'u1' }, null, undefined]);
});

test('auth as an object presents the old token forever, as a function a new one', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const seen: string[] = [];
  io.use((socket, next) => {
    seen.push(socket.handshake.auth.token);
    next();
  });
  let token = 'first';
  const fixed = connect(origin, { auth: { token }, reconnectionDelay: 10 });
  await once(fixed, 'connect');
  const asked = connect(origin, {
    auth: (answer) => answer({ token }),
    forceNew: true,
    reconnectionDelay: 10,
  });
  await once(asked, 'connect');
  token = 'second';
  for (const client of [fixed, asked]) {
    client.io.engine.close();
    await once(client, 'connect');
    client.close();
  }
  expect(seen).toEqual(['first', 'first', 'first', 'second']);
});

test('a refusal by the engine has no data, and the client goes on trying', async ({
  plainServer,
}) => {
  let tries = 0;
  const { origin } = await plainServer({
    allowRequest: (_req, answer) => {
      tries += 1;
      answer('no', false);
    },
  });
  const client = connect(origin, { reconnectionDelay: 10, reconnectionDelayMax: 10 });
  const [error] = await once(client, 'connect_error');
  expect([error.message, error.description, error.data]).toEqual([
    'xhr poll error',
    403,
    undefined,
  ]);
  expect(client.active).toBe(true);
  await until(() => tries > 2, 5_000);
  client.close();
});
