// Three ways to end a socket, and what each of them leaves behind.
import type { Server, Socket } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { oneCluster } from '../support/bus.ts';
import { once } from '../support/plain.ts';
import { connectPacket, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** The first socket of a namespace. Throws when nobody is there. */
function firstOf(io: Server, namespace = '/'): Socket {
  for (const socket of io.of(namespace).sockets.values()) return socket;
  throw new Error(`nobody is in ${namespace}`);
}

test('disconnect() ends one namespace: the connection stays, and a CONNECT to it is answered again', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.of('/feed');
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.connect(undefined, '/feed');
  firstOf(io, '/feed').disconnect();
  expect(await raw.next('41')).toBe('41/feed,');
  expect(firstOf(io).connected).toBe(true);
  expect((await raw.connect(undefined, '/feed')).kind).toBe('connected');
  expect(raw.closed).toBe(false);
});

test('disconnect(true) ends every namespace of the connection, and closes it', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.of('/feed');
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.connect(undefined, '/feed');
  firstOf(io, '/feed').disconnect(true);
  expect(await raw.isClosed(500)).toBe(true);
  expect(raw.packets.filter((packet) => packet.startsWith('41')).sort()).toEqual([
    '41',
    '41/feed,',
  ]);
});

test('conn.close() closes the connection, and no DISCONNECT says why', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const raw = await openWebSocket(origin);
  await raw.connect();
  firstOf(io).conn.close();
  expect(await raw.isClosed(500)).toBe(true);
  expect(raw.packets.filter((packet) => packet.startsWith('41'))).toEqual([]);
});

test('the official client stays away after disconnect() and disconnect(true), and comes back after conn.close()', async ({
  plainServer,
}) => {
  const endings: [(socket: Socket) => unknown, string, boolean][] = [
    [(socket) => socket.disconnect(), 'io server disconnect', false],
    [(socket) => socket.disconnect(true), 'io server disconnect', false],
    [(socket) => socket.conn.close(), 'transport close', true],
  ];
  const { io, origin } = await plainServer();
  for (const [end, reason, comesBack] of endings) {
    const client = connect(origin, { forceNew: true, reconnectionDelay: 10 });
    await once(client, 'connect');
    const gone = once(client, 'disconnect');
    end(firstOf(io));
    expect((await gone)[0]).toBe(reason);
    expect(client.active).toBe(comesBack);
    if (comesBack) await once(client, 'connect');
    client.close();
  }
});

test('an event for a namespace that the client is not in any more closes its connection', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: string[] = [];
  io.of('/feed').on('connection', (socket) => socket.onAny((event) => heard.push(event)));
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.connect(undefined, '/feed');
  firstOf(io, '/feed').disconnect();
  await raw.send('42/feed,["say"]');
  expect(await raw.isClosed(500)).toBe(true);
  expect(heard).toEqual([]);
});

test('disconnectSockets on a room ends sockets of one namespace: who is only in another one hears on', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  for (const nsp of [io.of('/'), io.of('/feed')]) {
    nsp.on('connection', (socket) => socket.join('user:u1'));
  }
  const [main, feed] = [await openWebSocket(origin), await openWebSocket(origin)];
  await main.connect();
  await feed.connect(undefined, '/feed');
  io.in('user:u1').disconnectSockets(true);
  expect(await main.isClosed(500)).toBe(true);
  io.of('/feed').to('user:u1').emit('news');
  expect(await feed.next('42')).toBe('42/feed,["news"]');
  io.of('/feed').in('user:u1').disconnectSockets(true);
  expect(await feed.isClosed(500)).toBe(true);
});

test('disconnectSockets misses a socket whose middleware still waits', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  let go = () => {};
  const waiting = new Promise<void>((resolve) => {
    io.use((socket, next) => {
      socket.join('user:u1');
      go = next;
      resolve();
    });
  });
  const raw = await openWebSocket(origin);
  await raw.send(connectPacket());
  await waiting;
  io.in('user:u1').disconnectSockets(true);
  go();
  expect((await raw.answer()).kind).toBe('connected');
  io.to('user:u1').emit('news');
  expect(await raw.next('42')).toBe('42["news"]');
});

test('with an adapter that joins nodes, disconnectSockets ends sockets on the other node too, in one namespace', async ({
  plainServer,
}) => {
  const cluster = oneCluster();
  const [here, there] = [await plainServer(cluster), await plainServer(cluster)];
  for (const { io } of [here, there]) {
    for (const nsp of [io.of('/'), io.of('/feed')]) {
      nsp.on('connection', (socket) => socket.join('user:u1'));
    }
  }
  const [main, feed] = [await openWebSocket(there.origin), await openWebSocket(there.origin)];
  await main.connect();
  await feed.connect(undefined, '/feed');
  here.io.in('user:u1').disconnectSockets(true);
  expect(await main.isClosed(500)).toBe(true);
  expect(await feed.isClosed(200)).toBe(false);
});
