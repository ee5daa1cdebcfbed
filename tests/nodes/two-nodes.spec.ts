// Two nodes with one Redis: what reaches from one to the other, and what it takes.
import { createClient } from 'redis';
import { type Example, until } from '../support/example.ts';
import { post } from '../support/http.ts';
import { channels, enter, expect, logOut, say, signIn, test } from '../support/nodes.ts';
import { answerTo, openWebSocket } from '../support/raw.ts';

test('a message from a client of one node reaches a client of the other', async ({ startNode }) => {
  const [here, there] = [await startNode(), await startNode()];
  const ann = await enter(here, await signIn(here, 'ann'));
  const bob = await enter(there, await signIn(here, 'bob')); // signed in here, connected there
  await say(ann, 'hello');
  expect(await bob.next('42["said"')).toBe(
    '42["said",{"from":{"id":"u1","name":"ann"},"text":"hello"}]',
  );
  await say(bob, 'and back');
  expect(await ann.next('42["said",{"from":{"id":"u2"')).toContain('and back');
});

test('a logout on one node cuts the sockets of that login on the other within 100 ms, and no others', async ({
  startNode,
}) => {
  const [here, there] = [await startNode(), await startNode()];
  const login = await signIn(here);
  const [one, other] = [await enter(here, login), await enter(there, login)];
  const laptop = await enter(there, await signIn(there)); // Ann too, by another login
  expect(await logOut(here, login)).toBe(204);
  for (const raw of [one, other]) expect(await raw.next('42["ended"')).toContain('SESSION_EXPIRED');
  expect(await other.isClosed(500)).toBe(true);
  const endOn = ({ log }: typeof here) =>
    Date.parse(String(log.find(({ event }) => event === 'ended')?.time));
  expect(endOn(there) - endOn(here)).toBeLessThan(100);
  expect(await laptop.isClosed(100)).toBe(false);
  expect(await answerTo(there.origin, { headers: login })).toBe('SESSION_MISSING');
});

test('a user who is removed on one node is cut on the other', async ({ startNode }) => {
  const [here, there] = [await startNode(), await startNode()];
  const bob = await enter(there, await signIn(here, 'bob'));
  await here.steer({ do: 'remove', id: 'u2' });
  expect(await bob.next('42["ended"')).toContain('USER_UNKNOWN');
});

test('without an adapter a login that has ended goes on on the other node, until its next look', async ({
  startNode,
}) => {
  const variant = [
    ['if (!hasOthers) return;', 'if (!hasOthers || hasOthers) return;', 'shared.ts'],
  ] as const;
  const env = { RECHECK_SECONDS: '2' };
  const [here, there] = [await startNode({ variant, env }), await startNode({ variant, env })];
  const login = await signIn(here);
  const [one, other] = [await enter(here, login), await enter(there, login)];
  expect(await logOut(here, login)).toBe(204);
  expect(await one.next('42["ended"')).toContain('SESSION_EXPIRED');
  await other.send('421["whoami"]');
  expect(await other.next('431')).toContain('"name":"ann"'); // nobody has told this node
  expect(await other.next('42["ended"', 3_000)).toContain('SESSION_EXPIRED'); // the row is gone
});

test('two deployments on one Redis do not hear each other', async ({ startNode, prefix }) => {
  const mine = [await startNode(), await startNode()] as const;
  const theirs = await startNode({ env: { REDIS_PREFIX: `${prefix}-other` } });
  const ann = await enter(mine[0], await signIn(mine[0]));
  const bob = await enter(mine[1], await signIn(mine[1], 'bob'));
  const stranger = await enter(theirs, await signIn(theirs, 'bob'));
  await say(ann, 'among us');
  await mine[0].steer({ do: 'remove', id: 'u2' });
  expect(await bob.next('42["said"')).toContain('among us');
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

test('the list of who is online names the people of all nodes', async ({ startNode }) => {
  const [here, there] = [await startNode(), await startNode()];
  const login = await signIn(here);
  const ann = await enter(here, login);
  await enter(there, login);
  await enter(there, await signIn(there, 'bob'));
  let last = '';
  await expect
    .poll(async () => {
      last = (await ann.next('42["online"', 100)) ?? last;
      const [, { people }] = JSON.parse(last.slice(2) || '[0,{"people":[]}]');
      return people.map(({ name, nodes }: { name: string; nodes: string[] }) => [
        name,
        nodes.length,
      ]);
    })
    .toEqual([
      ['ann', 2],
      ['bob', 1],
    ]);
});

test('a node that is killed takes its people off the list, and the others go on', async ({
  startNode,
}) => {
  const [here, there] = [await startNode(), await startNode()];
  const ann = await enter(here, await signIn(here));
  const bob = await enter(there, await signIn(there, 'bob'));
  expect(await ann.next('42["online"')).toBeDefined();
  await until(() => ann.packets.some((packet) => packet.includes('"bob"')), 3_000);
  const before = ann.packets.length;
  await there.stop('SIGKILL'); // it says goodbye to nobody
  expect(await bob.isClosed(1_000)).toBe(true);
  const gone = () =>
    ann.packets.slice(before).some((each) => /online.*"ann"/.test(each) && !each.includes('"bob"'));
  await until(gone, 12_000);
  await say(ann, 'still here');
  expect(await ann.next('42["said"')).toContain('still here');
});

test('the end of a session moves with a request to any node', async ({ startNode }) => {
  const env = { SESSION_TTL: '3' };
  const [here, there] = [await startNode({ env }), await startNode({ env })];
  const login = await signIn(here);
  const ann = await enter(there, login);
  expect(await ann.isClosed(2_000)).toBe(false);
  expect((await fetch(`${here.origin}/me`, { headers: login })).status).toBe(200);
  expect(await ann.isClosed(1_800)).toBe(false); // 3.8 s after the login
  expect(await ann.next('42["ended"', 3_000)).toContain('SESSION_EXPIRED');
});

test('connect-redis moves the end of the key, and leaves the date in the row', async ({
  startNode,
}) => {
  const variant = [['left === undefined', 'left !== undefined', 'shared.ts']] as const;
  const env = { SESSION_TTL: '3' };
  const here = await startNode({ env, variant });
  const login = await signIn(here);
  const ann = await enter(here, login);
  expect(await ann.isClosed(2_000)).toBe(false);
  expect((await fetch(`${here.origin}/me`, { headers: login })).status).toBe(200);
  expect(await ann.isClosed(1_800)).toBe(true); // by the date in the row, while the session lives
  expect((await fetch(`${here.origin}/me`, { headers: login })).status).toBe(200);
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

test('each node counts wrong passwords for itself', async ({ startNode }) => {
  const [here, there] = [await startNode(), await startNode()];
  const wrong = async ({ origin }: typeof here) =>
    (await post(`${origin}/login`, { username: 'bob', password: 'wrong' })).status;
  for (let n = 0; n < 5; n += 1) expect(await wrong(here)).toBe(401);
  expect(await wrong(here)).toBe(429);
  expect(await wrong(there)).toBe(401);
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
