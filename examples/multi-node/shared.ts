// What all nodes share: the sessions, and a line from each to the others. With REDIS_URL both are in
// Redis; without it they are in the front process, on this machine alone. Copy this too.
import cluster from 'node:cluster';
import process from 'node:process';
import { promisify } from 'node:util';
import { createAdapter as onThisMachine } from '@socket.io/cluster-adapter';
import { createAdapter as streams } from '@socket.io/redis-streams-adapter';
import { RedisStore } from 'connect-redis';
import session, { type SessionData, type Store } from 'express-session';
import { createClient } from 'redis';
import type { Namespace, Server } from 'socket.io';
import { env } from '../lib/env.ts';
import { log } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { FrontStore } from './front-store.ts';

const NODES = env.seconds('NODES', 2); // a whole number from 1
const url = env.text('REDIS_URL');
// Two deployments on one Redis need two prefixes, or each acts on what the other says.
const prefix = env.text('REDIS_PREFIX') ?? 'handshake';

/** This process deals connections out to nodes, and is none itself. */
export const isFront = cluster.isPrimary && NODES > 1;
/** How many nodes this front starts. */
export const nodes = NODES;
/** What this node is called in logs and on the page. */
export const node = cluster.worker ? String(cluster.worker.id) : `${process.pid}`;
/** Whether there is anybody to tell. */
export const hasOthers = Boolean(url) || cluster.isWorker;

// #region redis
/** A client whose Redis may go away for a while, and this process stays. */
async function connect(url: string) {
  const client = createClient({
    url,
    disableOfflineQueue: false, // with true, a reader that may not wait asks again in a hot loop
    commandOptions: { timeout: 0 }, // the default rejects a command that has waited 5 s for Redis
  });
  let away = false;
  const note = (now: boolean) => {
    if (away !== now) log('redis', { code: now ? 'AWAY' : 'BACK', node });
    away = now;
  };
  client.on('error', () => note(true)); // an error without a listener ends the process
  client.on('ready', () => note(false));
  // The adapter does not look after its PUBLISH: one that is lost with the connection, or waited
  // too long, would be an unhandled rejection, and the end.
  const publish = client.publish.bind(client);
  const safe: typeof publish = (channel, message) => publish(channel, message).catch(() => 0);
  await client.connect();
  return Object.assign(client, { publish: safe });
}
type Redis = Awaited<ReturnType<typeof connect>>;
const redis = url && !isFront ? await connect(url) : undefined;
// #endregion

// #region store
const rows = `${prefix}:session:`;
type Args<M extends 'get' | 'set' | 'expire' | 'del'> = Parameters<Redis[M]>;

/** What connect-redis asks of a client, with a limit: a login that waited for Redis would hold its request. */
const inTime = (redis: Redis) => ({
  get: (...args: Args<'get'>) => within(3_000, redis.get(...args)),
  set: (...args: Args<'set'>) => within(3_000, redis.set(...args)),
  expire: (...args: Args<'expire'>) => within(3_000, redis.expire(...args)),
  del: (...args: Args<'del'>) => within(3_000, redis.del(...args)), // given up, but not taken back
});

function pickStore(): Store {
  if (redis) return new RedisStore({ client: inTime(redis), prefix: rows });
  return cluster.isWorker ? new FrontStore() : new session.MemoryStore();
}
export const store = pickStore();
const load = promisify<string, SessionData | null | undefined>((sid, done) => {
  store.get(sid, done);
});

/** Whose a session is, and its end in ms since 1970. */
export async function look(sid: string): Promise<{ id: string | undefined; until: number }> {
  // connect-redis moves the end of the key with each request, and not the date in the row.
  const [row, left] = await Promise.all([load(sid), redis?.pTTL(rows + sid)]);
  const until = left === undefined ? new Date(row?.cookie.expires ?? 0) : Date.now() + left;
  return { id: row?.passport?.user, until: Number(until) };
}
// #endregion

// #region adapter
/** Connects a node's namespaces with those of the others. */
export function joinNodes(io: Pick<Server, 'adapter'>): void {
  const Alone = io.adapter() as unknown as new (nsp: Namespace) => object;
  const between = redis
    ? streams(redis, { streamName: `${prefix}:io`, channelPrefix: `${prefix}:io` }) // it uses both
    : onThisMachine();
  // A client may ask for any namespace, and gets it made before the check. Were it joined, each
  // name would leave two subscriptions behind. So only these are: add your own.
  const joined = new Set(['/']);
  if (!hasOthers) return;
  io.adapter(function adapter(nsp: Namespace) {
    return joined.has(nsp.name) ? between(nsp) : new Alone(nsp);
  } as Parameters<Server['adapter']>[0]);
}
// #endregion
