// One deployment that is measured: `node bench/adapter-nodes.ts KIND [REDIS_URL]` starts its nodes, and obeys over IPC.
// The first process is a front that relays for the cluster adapter, and takes orders for its nodes.
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { createAdapter as onThisMachine, setupPrimary } from '@socket.io/cluster-adapter';
import { createShardedAdapter, createAdapter as pubSub } from '@socket.io/redis-adapter';
import { createAdapter as streams } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';
import type { Kind, Order } from './adapters.ts';

const [, , kind = 'one', url = ''] = process.argv as [string, string, Kind?, string?];
const said = { text: 'x'.repeat(60) };

/** CPU time of this process so far, in µs. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function client() {
  const redis = createClient({ url });
  redis.on('error', () => {});
  await redis.connect();
  return redis;
}

async function adapter() {
  if (kind === 'cluster adapter') return onThisMachine();
  if (kind === 'pub/sub') return pubSub(await client(), await client(), { key: kind });
  if (kind === 'sharded pub/sub') {
    return createShardedAdapter(await client(), await client(), { channelPrefix: kind });
  }
  if (kind === 'streams') {
    return streams(await client(), { streamName: kind, channelPrefix: kind });
  }
  return undefined;
}

/** Broadcasts so many, each in a turn of its own: in a chat no two come at once. */
async function broadcast(io: Server, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    io.emit('said', said);
    await new Promise(setImmediate);
  }
}

async function serve(): Promise<void> {
  const http = createServer();
  const between = await adapter();
  const io = new Server(http, between ? { adapter: between } : {});
  io.on('connection', (socket) => socket.on('say', () => io.emit('said', said)));
  http.listen({ port: 0, host: '127.0.0.1', exclusive: true }); // a port for each node
  await once(http, 'listening');
  process.on('message', ({ n, count }: Order) => {
    if (count) void broadcast(io, count);
    else if (n !== undefined) process.send?.({ done: n, value: cpu() });
  });
  const { port } = http.address() as AddressInfo;
  process.send?.({ port });
}

function lead(): void {
  cluster.setupPrimary({ serialization: 'advanced' });
  if (kind === 'cluster adapter') setupPrimary();
  const workers = (kind.startsWith('one process') ? [1] : [1, 2]).map(() => cluster.fork());
  const ask = (worker: Worker, n: number) =>
    new Promise<number>((resolve) => {
      const hear = ({ done, value }: { done?: number; value: number }) => {
        if (done !== n) return;
        worker.off('message', hear);
        resolve(value);
      };
      worker.on('message', hear);
      worker.send({ n });
    });
  for (const [at, worker] of workers.entries()) {
    worker.on('message', ({ port }: { port?: number }) => port && process.send?.({ at, port }));
  }
  process.on('message', async ({ n = 0, count }: Order) => {
    if (count) return void workers[0]?.send({ count });
    const nodes = await Promise.all(workers.map((worker) => ask(worker, n)));
    const relay = kind === 'cluster adapter' ? cpu() : 0;
    process.send?.({ done: n, value: nodes.reduce((sum, each) => sum + each, relay) });
  });
}

if (cluster.isPrimary) lead();
else await serve();
