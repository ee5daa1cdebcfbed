// One Redis, and who shares it: two deployments, clients that make names up, and whoever can write to it.
import { createClient } from 'redis';
import type { Example } from '../support/example.ts';
import { channels, enter, expect, say, signIn, test } from '../support/nodes.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';

test('two deployments on one Redis do not hear each other', async ({ startNode, prefix }) => {
  const mine = [await startNode(), await startNode()] as const;
  const theirs = await startNode({ env: { REDIS_PREFIX: `${prefix}-other` } });
  const ann = await enter(mine[0], await signIn(mine[0]));
  const bob = await enter(mine[1], await signIn(mine[1], 'bob'));
  const stranger = await enter(theirs, await signIn(theirs, 'bob'));
  await say(ann, 'among us');
  expect(await bob.next('42["said"')).toContain('among us');
  await mine[0].steer({ do: 'remove', id: 'u2' });
  expect(await bob.next('42["ended"')).toContain('USER_UNKNOWN');
  expect(await stranger.next('42["said"', 200)).toBeUndefined();
  expect(await stranger.isClosed(100)).toBe(false);
  const login = await signIn(mine[0]);
  expect(await answerTo(theirs.origin, { headers: login })).toBe('SESSION_MISSING');
});

test('with another stream name alone, two deployments still hear what nodes tell each other', async ({
  startNode,
  prefix,
}) => {
  const option = ', channelPrefix: `$' + '{prefix}:io` }';
  const variant = [[option, ' }', 'shared.ts']] as const;
  const mine = await startNode({ variant });
  const theirs = await startNode({ variant, env: { REDIS_PREFIX: `${prefix}-other` } });
  const stranger = await enter(theirs, await signIn(theirs, 'bob'));
  await mine.steer({ do: 'remove', id: 'u2' });
  expect(await stranger.next('42["ended"')).toContain('USER_UNKNOWN'); // a Bob of another deployment
});

/** Asks for ten namespaces that nobody has made, without a login. */
async function makeUp({ origin }: Example): Promise<void> {
  for (let n = 0; n < 10; n += 1) {
    const nobody = await openWebSocket(origin);
    await nobody.connect({}, `/made-up-${n}`); // refused, and closed
    nobody.close();
  }
}

test('a namespace that a client makes up costs Redis nothing', async ({
  startNode,
  redisUrl,
  prefix,
}) => {
  const node = await startNode();
  await expect.poll(() => channels(redisUrl, prefix)).toBe(2);
  await makeUp(node);
  expect(await channels(redisUrl, prefix)).toBe(2);
});

test('with an adapter for every namespace, each name that a client makes up leaves two subscriptions behind', async ({
  startNode,
  redisUrl,
  prefix,
}) => {
  const variant = [
    ['joined.has(nsp.name) ?', 'joined.has(nsp.name) || true ?', 'shared.ts'],
  ] as const;
  await makeUp(await startNode({ variant }));
  await expect.poll(() => channels(redisUrl, prefix)).toBe(22);
});

test('who can write to that Redis speaks to every client, as anybody', async ({
  startNode,
  redisUrl,
  prefix,
}) => {
  const node = await startNode();
  const ann = await enter(node, await signIn(node));
  const packet = {
    type: 2,
    data: ['said', { from: { id: 'u3', name: 'root' }, text: 'Pay Bob.' }],
  };
  const data = { packet: { ...packet, nsp: '/' }, opts: { rooms: [], except: [], flags: {} } };
  const attacker = createClient({ url: redisUrl });
  await attacker.connect();
  const forged = { uid: 'nobody', nsp: '/', type: '3', data: JSON.stringify(data) };
  await attacker.xAdd(`${prefix}:io`, '*', forged);
  await attacker.close();
  expect(await ann.next('42["said"')).toContain('"root"');
});
