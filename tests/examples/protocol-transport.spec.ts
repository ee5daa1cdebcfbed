import { io as connect } from 'socket.io-client';
import { until } from '../support/example.ts';
import { no, once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test('the first answer is an OPEN packet: the Engine.IO sid, and WebSocket offered', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  expect(Reflect.get(io.engine, 'opts').transports).toEqual(['polling', 'websocket']);
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
