// A client that does not read: where what is sent to it waits, and what closing it takes.
import type { Server, Socket } from 'socket.io';
import { WebSocket } from 'ws';
import { until } from '../support/example.ts';
import { expect, test } from '../support/test.ts';

const MEGABYTE = 'x'.repeat(1_000_000);

type Conn = Socket['conn'] & { transport: { socket: WebSocket } };

/** A client that stops reading once it is in, and its connection on the server. */
async function slowReader(io: Server, origin: string): Promise<{ client: WebSocket; conn: Conn }> {
  const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const client = new WebSocket(url, { perMessageDeflate: false });
  const found = new Promise<Conn>((resolve) => {
    io.on('connection', ({ conn }) => resolve(conn as unknown as Conn));
  });
  client.once('message', () => client.send('40'));
  const conn = await found;
  client.pause();
  return { client, conn };
}

test('what a slow reader is sent waits in conn.writeBuffer, and bufferedAmount shows little of it', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const { client, conn } = await slowReader(io, origin);
  for (let n = 0; n < 40; n += 1) {
    io.emit('said', MEGABYTE);
    await new Promise((resolve) => setImmediate(resolve)); // one message after the other
  }
  const waiting = conn['writeBuffer'].length;
  expect(waiting).toBeGreaterThan(20);
  expect(conn.transport.socket.bufferedAmount).toBeLessThan((waiting * MEGABYTE.length) / 2);
  client.terminate();
});

test('after a burst hundreds of packets wait for a client that reads, for a moment', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const { client, conn } = await slowReader(io, origin);
  client.resume();
  for (let n = 0; n < 700; n += 1) io.emit('said', n);
  expect(conn['writeBuffer'].length).toBeGreaterThan(500);
  await until(() => conn['writeBuffer'].length === 0, 2_000);
  client.terminate();
});

test('a volatile event is dropped for a client that is behind', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const { client, conn } = await slowReader(io, origin);
  for (let n = 0; n < 40; n += 1) {
    io.volatile.emit('position', MEGABYTE);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(conn['writeBuffer'].length).toBeLessThan(2);
  client.terminate();
});

test('conn.close() waits until a slow reader has read, conn.close(true) does not', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const { client, conn } = await slowReader(io, origin);
  for (let n = 0; n < 20; n += 1) {
    io.emit('said', MEGABYTE);
    await new Promise((resolve) => setImmediate(resolve));
  }
  conn.close();
  expect([conn.readyState, io.sockets.sockets.size]).toEqual(['closing', 1]);
  conn.close(true);
  expect([conn.readyState, io.sockets.sockets.size]).toEqual(['closed', 0]);
  await until(() => conn['writeBuffer'].length === 0, 1_000);
  client.terminate();
});
