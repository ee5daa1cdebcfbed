// Settings of the Redis client that end a process, or keep it busy for ever, when Redis goes away. The same nodes
// with the example's settings stand in outage.spec.ts.
import { type Example, until, type Variant } from '../support/example.ts';
import { channels, enter, expect, signIn, test } from '../support/nodes.ts';

const careless: Variant = [['.catch(() => 0);', ';', 'shared.ts']];
/** A node that is still starting when Redis goes away ends in any case, and is to be started again. */
async function hasSubscribed(url: string, prefix: string): Promise<void> {
  await expect.poll(() => channels(url, prefix)).toBe(2);
}
const ended = (node: Example) => until(() => !node.alive, 15_000);

test('a client without an error listener ends the process when Redis goes away', async ({
  startNode,
  startRedis,
  prefix,
}) => {
  const redis = await startRedis();
  const variant = [["client.on('error', () => note(true));", '', 'shared.ts']] as const;
  const node = await startNode({ env: { REDIS_URL: redis.url }, variant });
  await hasSubscribed(redis.url, prefix);
  await redis.kill();
  await ended(node);
  expect(node.errors.join('\n')).toContain("Unhandled 'error' event");
});

test('with the default command timeout, a PUBLISH that waits 5 seconds ends the process', async ({
  startNode,
  startRedis,
  prefix,
}) => {
  const redis = await startRedis();
  const variant = [...careless, ['commandOptions: { timeout: 0 },', '', 'shared.ts']] as const;
  const node = await startNode({ env: { REDIS_URL: redis.url }, variant });
  await hasSubscribed(redis.url, prefix);
  await redis.kill();
  await ended(node);
  expect(node.errors.join('\n')).toContain('TimeoutError');
});

test('a PUBLISH that is lost with the connection ends the process where nobody catches it', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url };
  const [safe, node] = [await startNode({ env }), await startNode({ env, variant: careless })];
  const logins = [await signIn(safe), await signIn(node)] as const;
  await enter(safe, logins[0]);
  await enter(node, logins[1]);
  redis.freeze();
  await new Promise((resolve) => setTimeout(resolve, 2_200)); // each node says who is with it, in vain
  await redis.kill();
  await ended(node);
  expect(node.errors.join('\n')).toMatch(/ECONNRESET|Socket closed unexpectedly/);
  expect(safe.alive).toBe(true);
  expect(safe.errors).toEqual([]);
});

test('without an offline queue a reader asks in a hot loop, and the process serves nobody', async ({
  startNode,
  startRedis,
  prefix,
}) => {
  const redis = await startRedis();
  const variant = [
    ['disableOfflineQueue: false', 'disableOfflineQueue: true', 'shared.ts'],
  ] as const;
  const node = await startNode({ env: { REDIS_URL: redis.url }, variant });
  expect((await fetch(node.origin)).status).toBe(200);
  await hasSubscribed(redis.url, prefix);
  await redis.kill();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const page = fetch(node.origin, { signal: AbortSignal.timeout(2_000) });
  await expect(page).rejects.toThrow('aborted due to timeout');
  expect(node.alive).toBe(true);
});
