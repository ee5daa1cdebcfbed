// Two nodes with one Redis: what reaches from one to the other, and what it takes.
import { until } from '../support/example.ts';
import { post } from '../support/http.ts';
import { enter, expect, logOut, say, signIn, test } from '../support/nodes.ts';
import { answerTo } from '../support/raw.ts';

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

test('each node counts wrong passwords for itself', async ({ startNode }) => {
  const [here, there] = [await startNode(), await startNode()];
  const wrong = async ({ origin }: typeof here) =>
    (await post(`${origin}/login`, { username: 'bob', password: 'wrong' })).status;
  for (let n = 0; n < 5; n += 1) expect(await wrong(here)).toBe(401);
  expect(await wrong(here)).toBe(429);
  expect(await wrong(there)).toBe(401);
});
