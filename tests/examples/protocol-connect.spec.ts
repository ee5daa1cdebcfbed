// What the library does by itself: CONNECT, middleware, namespaces, auth.

import { spawnSync } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io as connect } from 'socket.io-client';
import { no, once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

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

test('a middleware given to io.engine.use runs for the requests to /socket.io/', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.engine.use((_req: unknown, res: ServerResponse, next: () => void) => {
    res.setHeader('X-Checked', 'yes');
    next();
  });
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  expect(response.headers.get('X-Checked')).toBe('yes');
});
