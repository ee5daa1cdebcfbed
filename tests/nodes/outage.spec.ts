// Redis goes away: what holds meanwhile, what waits, what is lost, and what ends a process.
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { Example, until } from '../support/example.ts';
import { PASSWORD, post } from '../support/http.ts';
import { enter, expect, logOut, say, signIn, test } from '../support/nodes.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';

/** How long a page takes, in ms: a process whose event loop hangs serves none. */
async function serves({ origin }: Example): Promise<number> {
  const start = performance.now();
  const { status } = await fetch(origin, { signal: AbortSignal.timeout(2_000) });
  return status === 200 ? performance.now() - start : Number.POSITIVE_INFINITY;
}

test('a patience that would end before the next look is said in one line, and ends it with 1', async () => {
  const env = { RECHECK_SECONDS: '30', GRACE_SECONDS: '30' };
  const node = new Example('multi-node', { env });
  await until(() => !node.alive, 10_000);
  expect(await node.stop()).toBe(1);
  expect(node.errors).toEqual(['GRACE_SECONDS must be more than RECHECK_SECONDS.']);
});

test('Redis is killed, and comes back after 10 seconds with what it had on disk', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis({ keeps: true });
  const env = { REDIS_URL: redis.url, RECHECK_SECONDS: '1' };
  const nodes = [await startNode({ env }), await startNode({ env })] as const;
  const [here, there] = nodes;
  const login = await signIn(here);
  const [ann, annThere] = [await enter(here, login), await enter(there, login)];
  const bobsLogin = await signIn(here, 'bob');
  const [bob, bobHere] = [await enter(there, bobsLogin), await enter(here, bobsLogin)];
  await say(bob, 'before');
  expect(await bobHere.next('42["said"')).toContain('before');
  expect(await ann.next('42["said"')).toContain('before');

  await redis.kill();
  const end = Date.now() + 10_000;
  await until(() => nodes.every(({ log }) => log.some(({ code }) => code === 'AWAY')), 2_000);
  await bob.send('425["say",{"text":"meanwhile"}]');
  expect(await bob.next('435'), 'it is acknowledged').toContain('ok');
  expect(await logOut(here, login), 'the logout is not certain, and says so').toBe(503);
  expect(await ann.next('42["ended"'), 'on its own node it holds').toContain('SESSION_EXPIRED');
  await annThere.send('422["whoami"]');
  expect(await annThere.next('432'), 'the other node knows of nothing').toContain('"ann"');
  const root = { username: 'root', password: PASSWORD };
  expect((await post(`${here.origin}/login`, root)).status, 'nobody signs in').toBe(503);
  expect(await bob.next('42["said"', 200), 'nobody hears anything').toBeUndefined();
  while (Date.now() < end) {
    for (const node of nodes) expect(await serves(node)).toBeLessThan(1_000);
    await wait(500);
  }
  for (const raw of [bob, bobHere, annThere])
    expect(raw.closed, 'an outage ends nobody').toBe(false);

  await redis.run();
  const back = performance.now();
  expect(await annThere.next('42["ended"', 6_000)).toContain('SESSION_EXPIRED');
  expect(performance.now() - back, 'a reconnect, and a look').toBeLessThan(6_000);
  expect(await answerTo(there.origin, { headers: login })).toBe('SESSION_MISSING');
  expect(await bob.next('42["said"', 6_000), 'what was said comes late').toContain('meanwhile');
  await say(bobHere, 'after');
  expect(await bob.next('42["said"', 6_000)).toContain('after');
  expect((await enter(there, await signIn(here, 'root'))).closed).toBe(false);
  for (const node of nodes) {
    expect(node.alive).toBe(true);
    expect(node.errors).toEqual([]);
    expect(node.log.filter(({ event }) => event === 'redis').map(({ code }) => code)).toEqual([
      'AWAY',
      'BACK',
    ]);
  }
});

test('while Redis is away a handshake is told AUTH_UNAVAILABLE, and a session still ends on time', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis();
  const node = await startNode({ env: { REDIS_URL: redis.url, SESSION_TTL: '5' } });
  const login = await signIn(node);
  const ann = await enter(node, login);
  await redis.kill();
  const late = await openWebSocket(node.origin, login, {}).catch(() => undefined);
  const answer = await late?.connect({}, '/', 4_000);
  expect(answer).toMatchObject({ kind: 'refused', code: 'AUTH_UNAVAILABLE' });
  expect(await ann.next('42["ended"', 3_500)).toContain('SESSION_EXPIRED');
});

test('a socket that no look has confirmed for GRACE_SECONDS ends', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url, RECHECK_SECONDS: '1', GRACE_SECONDS: '2' };
  const node = await startNode({ env });
  const ann = await enter(node, await signIn(node));
  expect(await ann.isClosed(2_500), 'confirmed each second').toBe(false);
  redis.freeze(); // the connection stays, and nothing is answered
  expect(await ann.next('42["ended"', 4_000)).toContain('AUTH_UNAVAILABLE');
});

test('without a limit to its patience a node keeps a login that has ended elsewhere', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url, RECHECK_SECONDS: '1', GRACE_SECONDS: '2' };
  const variant = [['seenAt >= GRACE_SECONDS * 1000', 'seenAt >= Infinity']] as const;
  const [here, there] = [await startNode({ env }), await startNode({ env, variant })];
  const login = await signIn(here);
  const ann = await enter(there, login);
  await redis.kill();
  expect(await logOut(here, login)).toBe(503);
  expect(await ann.isClosed(2_000)).toBe(false); // 5 seconds after the logout
});

test('a logout during an outage is lost when its node ends before Redis is back', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis({ keeps: true });
  const env = { REDIS_URL: redis.url };
  const [here, there] = [await startNode({ env }), await startNode({ env })];
  const login = await signIn(here);
  await redis.kill();
  expect(await logOut(here, login)).toBe(503); // which is why this is no 204
  await here.stop();
  await redis.run();
  await until(() => there.log.some(({ code }) => code === 'BACK'), 5_000);
  expect(await answerTo(there.origin, { headers: login })).toBe('connected');
});

test('a Redis that keeps nothing on disk comes back empty, and everybody is signed out', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis();
  const node = await startNode({ env: { REDIS_URL: redis.url, RECHECK_SECONDS: '1' } });
  const login = await signIn(node);
  const ann = await enter(node, login);
  await redis.kill();
  await redis.run();
  expect(await ann.next('42["ended"', 6_000)).toContain('SESSION_EXPIRED');
  expect(await answerTo(node.origin, { headers: login })).toBe('SESSION_MISSING');
});

test('SIGTERM ends a node with 0 in under 2 s, whether Redis is there or away', async ({
  startNode,
  startRedis,
}) => {
  test.skip(process.platform === 'win32', 'Windows has no signals: there it is Ctrl-C');
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url };
  const [first, second] = [await startNode({ env }), await startNode({ env })];
  await enter(first, await signIn(first));
  await enter(second, await signIn(second));
  for (const node of [first, second]) {
    const start = performance.now();
    expect(await node.stop('SIGTERM'), node.errors.join('\n')).toBe(0);
    expect(performance.now() - start).toBeLessThan(2_000);
    await redis.kill();
    await until(() => !second.alive || second.log.some(({ code }) => code === 'AWAY'), 2_000);
  }
});
