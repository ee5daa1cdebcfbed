// How a check goes wrong in io.use, in connection and in socket.use.

import type { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { checkTooLate, checkWithoutReturn } from '../content/runs/where-code-runs.ts';
import { until } from '../support/example.ts';
import { no, once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** What the official client fires, in order. */
function fired(client: Socket): string[] {
  const events: string[] = [];
  client.on('connect', () => events.push('connect'));
  client.on('connect_error', ({ message }) => events.push(`connect_error: ${message}`));
  client.on('disconnect', (reason) => events.push(`disconnect: ${reason}`));
  return events;
}

/** Sockets whose middleware has not come to an end. */
const unanswered = (io: Server): number => Reflect.get(io.of('/'), '_preConnectSockets').size;

test('a refusal in connection is a connect, then a disconnect without a reason of yours', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  checkTooLate(io, async () => undefined);
  const client = connect(origin, { reconnectionDelay: 10 });
  const events = fired(client);
  await until(() => io.engine.clientsCount === 0 && events.length > 1, 5_000);
  expect(events).toEqual(['connect', 'disconnect: io server disconnect']);
  expect(client.active).toBe(false);
});

test('a stranger hears what is broadcast while connection looks for the user', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const looked = Promise.withResolvers<undefined>();
  checkTooLate(io, () => looked.promise);
  const raw = await openWebSocket(origin);
  await raw.connect();
  io.emit('said', 'the merger is on Friday');
  expect(await raw.next('42')).toBe('42["said","the merger is on Friday"]');
  looked.resolve(undefined);
  expect(await raw.next('41')).toBe('41');
  expect(await raw.isClosed(2_000)).toBe(true);
});

test('without a return before next() a bare client is refused, then let in, and its events are handled', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  checkWithoutReturn(io);
  const raw = await openWebSocket(origin);
  expect((await raw.connect()).kind).toBe('refused');
  expect((await raw.answer()).kind).toBe('connected');
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toBe('431[null]');
  raw.close();
});

test('who came in after a refusal hears no broadcast, and neither fetchSockets nor disconnectSockets finds it', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  checkWithoutReturn(io);
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.answer();
  expect(await io.fetchSockets()).toEqual([]);
  io.emit('news');
  io.disconnectSockets(true);
  await raw.send('421["whoami"]');
  expect(await raw.next('4')).toBe('431[null]');
  expect(raw.closed).toBe(false);
  raw.close();
});

test('without a return before next() the official client reports a refusal, and connection fires', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  checkWithoutReturn(io);
  let connections = 0;
  io.on('connection', () => {
    connections += 1;
  });
  const client = connect(origin);
  const events = fired(client);
  await until(() => io.engine.clientsCount === 0 && events.length > 0, 5_000);
  expect(events).toEqual(['connect_error: unauthorized']);
  expect(connections).toBe(1);
});

test('next called twice without an error fires connection twice, for one socket', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const ids: string[] = [];
  io.use((_socket, next) => {
    next();
    next();
  });
  io.on('connection', (socket) => ids.push(socket.id));
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.answer();
  expect(ids.length).toBe(2);
  expect(ids[0]).toBe(ids[1]);
  raw.close();
});

test('a client whose middleware never calls next waits without a word, until connectTimeout', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ connectTimeout: 1_000 });
  io.use(() => {});
  const raw = await openWebSocket(origin);
  expect(await raw.connect(undefined, '/', 200)).toEqual({ kind: 'silent' });
  const client = connect(origin, { reconnection: false });
  const events = fired(client);
  expect(await raw.isClosed(2_000)).toBe(true);
  await until(
    () => io.engine.clientsCount === 0 && client.io.engine.readyState === 'closed',
    5_000,
  );
  expect(events).not.toContain('connect');
  expect(events.filter((event) => event.startsWith('connect_error'))).toEqual([]);
  client.close();
});

test('the server keeps a socket whose next is never called, after its connection has closed', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use(() => {});
  for (let n = 0; n < 3; n += 1) {
    const raw = await openWebSocket(origin);
    await raw.send('40');
    await until(() => unanswered(io) === n + 1, 2_000);
    raw.close();
  }
  await until(() => io.engine.clientsCount === 0, 2_000);
  expect(unanswered(io)).toBe(3);
});

test('disconnect() in io.use does not refuse: the client gets in', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  io.use((socket, next) => {
    socket.disconnect(true);
    next();
  });
  const raw = await openWebSocket(origin);
  expect((await raw.connect()).kind).toBe('connected');
  io.emit('news', 'for members');
  expect(await raw.next('42')).toBe('42["news","for members"]');
  raw.close();
});

test('a listener added after an await in connection misses the first events', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const looked = Promise.withResolvers<void>();
  io.on('connection', async (socket) => {
    socket.on('early', (answer) => answer('heard'));
    await looked.promise;
    socket.on('late', (answer) => answer('heard'));
    socket.emit('ready');
  });
  const client = connect(origin);
  const ready = once(client, 'ready');
  const ask = (event: string) => client.timeout(1_000).emitWithAck(event);
  const late = ask('late').catch((error) => error.message);
  expect(await ask('early')).toBe('heard');
  looked.resolve();
  await ready;
  expect(await late).toBe('operation has timed out');
  expect(await ask('late')).toBe('heard');
  client.close();
});

test('an event that socket.use refuses is not answered: the acknowledgement times out', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const errors: string[] = [];
  const handled: unknown[] = [];
  io.on('connection', (socket) => {
    socket.use((_event, next) => next(no));
    socket.on('error', ({ message }) => errors.push(message));
    socket.on('say', (text) => handled.push(text));
  });
  const client = connect(origin);
  const told: unknown[] = [];
  client.onAny((...event) => told.push(event));
  const events = fired(client);
  await once(client, 'connect');
  await expect(client.timeout(300).emitWithAck('say', 'hi')).rejects.toThrow('timed out');
  expect({ errors, handled, told, events }).toEqual({
    errors: ['unauthorized'],
    handled: [],
    told: [],
    events: ['connect'],
  });
  client.close();
});

test('socket.use gets the name, the payload and the acknowledgement, and may call it', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.on('connection', (socket) => {
    socket.use(([name, payload, answer], next) => {
      answer({ error: `${name} ${payload}: no` });
      next(no);
    });
  });
  const client = connect(origin);
  expect(await client.timeout(2_000).emitWithAck('say', 'hi')).toEqual({ error: 'say hi: no' });
  client.close();
});

test('onAny sees an event that socket.use refuses', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const seen: unknown[] = [];
  io.on('connection', (socket) => {
    socket.use((_event, next) => next(no));
    socket.onAny((...event) => seen.push(event));
  });
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.send('42["say","hi"]');
  await until(() => seen.length === 1, 2_000);
  expect(seen).toEqual([['say', 'hi']]);
  raw.close();
});
