import { setTimeout as wait } from 'node:timers/promises';
import { io as connect } from 'socket.io-client';
import { until } from '../support/example.ts';
import { no, once } from '../support/plain.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const short = Array.from({ length: 900 }, (_, n) => `40{"token":${n}}`);

test('900 short CONNECTs weigh 14 kB in one POST', () => {
  expect(Math.floor(short.join('\x1e').length / 1000)).toBe(14);
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
  await raw.send(...short);
  expect(await raw.refusals(900, 5_000)).toBe(900);
  raw.close();
});

test('a server that only closes after a refusal still answers 900 CONNECTs of one POST', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((socket, next) => {
    next(no);
    setImmediate(() => socket.conn.close());
  });
  const raw = await openPolling(origin);
  await raw.send(...short);
  expect(await raw.refusals(900, 5_000)).toBe(900);
  raw.close();
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
