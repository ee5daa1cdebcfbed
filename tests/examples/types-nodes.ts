// Two nodes with a cluster adapter, as a program of its own: it prints the origin of each. A client may ask a node for
// the sockets of both. With `advanced` they send each other more than JSON.
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { createAdapter, setupPrimary } from '@socket.io/cluster-adapter';
import { Server } from 'socket.io';

if (cluster.isPrimary) {
  if (process.argv.includes('advanced')) cluster.setupPrimary({ serialization: 'advanced' });
  setupPrimary();
  cluster.fork();
  cluster.fork();
  cluster.on('message', (_worker, { origin }) => origin && console.log(origin));
  process.on('disconnect', () => process.exit(0)); // with its test
} else {
  const http = createServer();
  const io = new Server(http, { adapter: createAdapter() });
  io.use((socket, next) => {
    Object.assign(socket, { user: { name: 'ann' } });
    socket.data = { user: { name: 'ann' }, since: new Date() };
    next();
  });
  io.on('connection', (socket) => {
    socket.on('sockets', async (answer) => {
      const all = await io.fetchSockets();
      answer(
        all.map((each) => ({
          own: each.id === socket.id,
          user: Reflect.get(each, 'user') ?? 'undefined',
          data: each.data,
          since: each.data.since instanceof Date ? 'Date' : typeof each.data.since,
        })),
      );
    });
  });
  http.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => {
    const { port } = http.address() as AddressInfo;
    process.send?.({ origin: `http://localhost:${port}` });
  });
}
