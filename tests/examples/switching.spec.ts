// Another user in the same tab: what the old socket carries over, and what a new one does not.
import { io as connect, type Socket } from 'socket.io-client';
import { reuse } from '../content/runs/switching.ts';
import { until } from '../support/example.ts';
import { once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** Breaks the connection, and keeps the client from coming back by itself. */
async function drop(socket: Socket): Promise<void> {
  socket.io.reconnection(false);
  const gone = once(socket, 'disconnect');
  socket.io.engine.close();
  await gone;
}

test('a message that waits while offline goes out as whoever connects the socket next', async ({
  startExample,
}) => {
  const { origin, sign } = await startExample('auth-field');
  const root = await openWebSocket(origin);
  await root.connect({ token: sign({ sub: 'u3' }) });
  const socket = connect(origin, { auth: { token: sign({ sub: 'u1' }) }, forceNew: true });
  await once(socket, 'connect');
  await drop(socket);
  socket.emit('say', { text: 'from Ann, for Bob alone' });
  reuse(socket, sign({ sub: 'u2' }));
  expect(await root.next('42["said"')).toBe(
    '42["said",{"from":{"id":"u2","name":"bob"},"text":"from Ann, for Bob alone"}]',
  );
  socket.disconnect();
});

test('with a new socket for each login nothing that waited goes out', async ({ startExample }) => {
  const { origin, sign } = await startExample('auth-field');
  const root = await openWebSocket(origin);
  await root.connect({ token: sign({ sub: 'u3' }) });
  const ann = connect(origin, { auth: { token: sign({ sub: 'u1' }) }, forceNew: true });
  await once(ann, 'connect');
  await drop(ann);
  ann.emit('say', { text: 'from Ann' });
  ann.disconnect();
  const bob = connect(origin, { auth: { token: sign({ sub: 'u2' }) }, forceNew: true });
  await once(bob, 'connect');
  bob.emit('say', { text: 'from Bob' });
  expect(await root.next('42["said"')).toContain('from Bob');
  expect(root.packets.join()).not.toContain('from Ann');
  bob.disconnect();
});

test('disconnect() does not empty the buffer: what was emitted before and after it is sent at the next connect', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: string[] = [];
  io.on('connection', (socket) => socket.on('say', (text) => heard.push(text)));
  const socket = connect(origin, { autoConnect: false });
  socket.emit('say', 'before it ever connected');
  socket.disconnect();
  socket.emit('say', 'after disconnect()');
  socket.connect();
  await until(() => heard.length === 2, 2_000);
  expect(heard).toEqual(['before it ever connected', 'after disconnect()']);
  socket.disconnect();
});

test('emitting volatile leaves nothing behind while the socket is offline', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: string[] = [];
  io.on('connection', (socket) => socket.on('say', (text) => heard.push(text)));
  const socket = connect(origin, { autoConnect: false });
  socket.volatile.emit('say', 'typing');
  socket.emit('say', 'kept');
  socket.connect();
  await until(() => heard.length === 1, 2_000);
  expect(heard).toEqual(['kept']);
  socket.disconnect();
});

test('with retries, a message that was sent and not acknowledged goes out again as the next user', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: [string, string][] = [];
  io.on('connection', (socket) => {
    socket.on('say', (text) => heard.push([socket.handshake.auth['user'], text])); // no acknowledgement
  });
  const socket = connect(origin, { auth: { user: 'ann' }, retries: 3, ackTimeout: 10_000 });
  await once(socket, 'connect');
  socket.emit('say', 'from Ann');
  await until(() => heard.length === 1, 2_000);
  socket.disconnect();
  socket.auth = { user: 'bob' };
  socket.connect();
  await until(() => heard.length === 2, 2_000);
  expect(heard).toEqual([
    ['ann', 'from Ann'],
    ['bob', 'from Ann'],
  ]);
  socket.disconnect();
});

test('what a refused socket was sent before the refusal is handed to the next user of that socket', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ connectionStateRecovery: { skipMiddlewares: false } });
  io.use(({ handshake }, next) => next(handshake.auth['user'] ? undefined : new Error('no')));
  io.on('connection', (socket) => {
    socket.join(`user:${socket.handshake.auth['user']}`);
    if (!socket.recovered) socket.emit('welcome');
  });
  const socket = connect(origin, { auth: { user: 'ann' } });
  await once(socket, 'welcome');
  await drop(socket);
  await until(() => io.sockets.sockets.size === 0, 2_000);
  io.to('user:ann').emit('said', 'for Ann');
  socket.auth = {};
  const refused = once(socket, 'connect_error');
  socket.connect();
  await refused;
  const heard = once(socket, 'said');
  socket.auth = { user: 'bob' };
  socket.connect();
  expect((await heard)[0]).toBe('for Ann');
  socket.disconnect();
});

test('an answer that Ann waited for is not given to Bob: it fails when her connection ends', async ({
  plainServer,
}) => {
  const { origin } = await plainServer();
  const socket = connect(origin);
  await once(socket, 'connect');
  const answer = socket.emitWithAck('never answered').catch((error: Error) => error.message);
  socket.disconnect();
  expect(await answer).toBe('socket has been disconnected');
});

test('with recovery, the next user of a socket presents the pid of the one before', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ connectionStateRecovery: {} });
  const presented: unknown[] = [];
  io.on('connection', ({ handshake }) => presented.push(handshake.auth['pid']));
  const socket = connect(origin, { auth: { user: 'ann' } });
  await once(socket, 'connect');
  socket.disconnect();
  socket.auth = { user: 'bob' };
  await once(socket.connect(), 'connect');
  expect(presented).toEqual([undefined, expect.stringMatching(/^[\w-]{20}$/)]);
  socket.disconnect();
});
