// The front of several nodes on one machine: one port, and each connection goes to the node that knows
// it. Where a proxy does that (see nginx.conf), start each node with NODES=1. Copy this too.
import cluster, { type Worker } from 'node:cluster';
import { createServer } from 'node:http';
import process from 'node:process';
import { setupPrimary as relay } from '@socket.io/cluster-adapter';
import { setupWorker, setupMaster as stick } from '@socket.io/sticky';
import { env } from '../lib/env.ts';
import { listen } from '../lib/listen.ts';
import { log } from '../lib/log.ts';
import { keepSessions } from './front-store.ts';
import type { Io } from './server.ts';

/** A node says `{ up: true }` when it can take connections. */
function isUp(node: Worker): Promise<void> {
  return new Promise((resolve) => {
    node.on('message', ({ up }: { up?: true }) => up && resolve());
  });
}

/** Starts the nodes, then listens. A node that ends is started again. Never resolves. */
export async function front(nodes: number, secret: string, port: number): Promise<never> {
  process.env.SESSION_SECRET = secret; // the same for all, also where it was made for this run
  cluster.setupPrimary({ serialization: 'advanced' }); // bytes go over the channel as bytes
  if (!env.text('REDIS_URL')) {
    console.log('REDIS_URL is not set: one machine only, and its sessions end with this process.');
    keepSessions();
    relay(); // what one node says to the others
  }
  // #region front
  const http = createServer();
  stick(http, { loadBalancingMethod: 'least-connection' }); // a request with a sid: to its node
  const started = Array.from({ length: nodes }, () => cluster.fork());
  const failed = (code: number | null) => process.exit(code || 1); // it has said why
  for (const node of started) node.once('exit', failed);
  await Promise.all(started.map(isUp));
  for (const node of started) node.off('exit', failed);

  const close = (done: () => void) => done(); // a node ends when its front is gone
  const own = await listen(http, { close } as Parameters<typeof listen>[1], port);
  process.env.ORIGINS ||= own; // for those that are started later
  for (const node of started) node.send({ own });
  cluster.on('exit', ({ id }, code) => {
    log('node', { code: 'ENDED', node: `${id}`, status: `${code}` });
    setTimeout(() => cluster.fork(), 1_000); // one that cannot start does not keep the machine busy
  });
  // #endregion
  return new Promise(() => {});
}

/** A node takes its connections from the front, and listens nowhere. Resolves with the front's origin. */
export function joinFront(io: Io): Promise<string> {
  setupWorker(io);
  io.httpServer.on('upgrade', (_req, socket) => socket.on('error', () => socket.destroy())); // as in listen.ts
  process.send?.({ up: true });
  return new Promise((resolve) => {
    process.on('message', ({ own }: { own?: string }) => own && resolve(own));
  });
}
