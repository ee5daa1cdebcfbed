// Nodes of the example multi-node, as they stand behind a proxy, and clients of theirs.
import { randomUUID } from 'node:crypto';
import { createClient } from 'redis';
import { isThere, redis } from '../../scripts/service.ts';
import type { Example, Options } from './example.ts';
import { logInForCookie, post } from './http.ts';
import { openWebSocket, type Raw } from './raw.ts';
import { need, Redis, shareRedis } from './redis.ts';
import { test as base } from './test.ts';

interface Fixtures {
  /** What keys, stream and channels of this test begin with. */
  prefix: string;
  /** The Redis that tests share, and leave as they found it. */
  redisUrl: string;
  /** Starts a node on the shared Redis, or on the one that its `env` names. */
  startNode: (options?: Options) => Promise<Example>;
  /** Starts a Redis that the test may kill; it ends with the test. */
  startRedis: (options?: { keeps?: boolean }) => Promise<Redis>;
}
interface WorkerFixtures {
  /** Starts it when it is first asked for. A worker's fixture must skip nothing: it would skip one test, and pass the rest. */
  sharedRedis: () => Promise<string>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sharedRedis: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs off this pattern
    async ({}, use) => {
      let shared: ReturnType<typeof shareRedis> | undefined;
      await use(async () => {
        shared ??= shareRedis();
        return (await shared).url;
      });
      await (await shared)?.stop();
    },
    { scope: 'worker' },
  ],

  redisUrl: async ({ sharedRedis }, use) => {
    need(redis, isThere(redis));
    await use(await sharedRedis());
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  prefix: async ({}, use) => use(`test-${randomUUID()}`),

  startNode: async ({ startExample, sharedRedis, prefix }, use) => {
    need(redis, isThere(redis));
    await use(async (options = {}) => {
      const url = options.env?.['REDIS_URL'] ?? (await sharedRedis());
      const env = { NODES: '1', REDIS_PREFIX: prefix, ...options.env, REDIS_URL: url };
      return startExample('multi-node', { ...options, env });
    });
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  startRedis: async ({}, use) => {
    const started: Redis[] = [];
    await use(async (options) => {
      const redis = await Redis.start(options);
      started.push(redis);
      return redis;
    });
    await Promise.all(started.map((redis) => redis.stop()));
  },
});

export { expect } from './test.ts';

/** A login: what a client of any node sends as headers. */
export async function signIn({ origin }: Example, name = 'ann'): Promise<{ Cookie: string }> {
  return { Cookie: await logInForCookie(origin, name) };
}

/** A socket of this login on this node. Throws when it is not let in. */
export async function enter({ origin }: Example, headers: { Cookie: string }): Promise<Raw> {
  const raw = await openWebSocket(origin, headers);
  const answer = await raw.connect();
  if (answer.kind !== 'connected') throw new Error(`not let in: ${JSON.stringify(answer)}`);
  return raw;
}

/** Says it in the room of this socket's node. */
export const say = (raw: Raw, text: string) => raw.send(`42["say",{"text":"${text}"}]`);

/** POST /logout on this node; gives the status. */
export async function logOut({ origin }: Example, headers: { Cookie: string }): Promise<number> {
  return (await post(`${origin}/logout`, {}, headers)).status;
}

/** How many channels of this deployment somebody has subscribed to. A node has two. */
export async function channels(url: string, prefix: string): Promise<number> {
  const client = createClient({ url });
  await client.connect();
  const { length } = await client.pubSubChannels(`${prefix}*`);
  await client.close();
  return length;
}
