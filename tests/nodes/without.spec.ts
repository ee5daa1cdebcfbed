// What multi-node does otherwise than session-passport, taken out: then the attack gets in.
import { enter, expect, logOut, signIn, test } from '../support/nodes.ts';
import { openPolling } from '../support/raw.ts';

for (const compared of [true, false]) {
  const title = compared
    ? 'a request with the sid of another login is refused'
    : 'where cookies are not compared, who learns a sid speaks for its connection';
  test(title, async ({ startExample }) => {
    const variant = compared
      ? []
      : ([['const fits = !known', 'const fits = true || !known', 'engine.ts']] as const);
    const node = await startExample('multi-node', { env: { NODES: '1' }, variant });
    const ann = await openPolling(node.origin, await signIn(node));
    expect((await ann.connect()).kind).toBe('connected');
    const bob = await enter(node, await signIn(node, 'bob'));
    const url = `${node.origin}/socket.io/?EIO=4&transport=polling&sid=${ann.sid}`;
    const headers = await signIn(node, 'bob');
    await fetch(url, { method: 'POST', headers, body: '42["say",{"text":"not Ann"}]' });
    const heard = await bob.next('42["said"', 500);
    if (compared) expect(heard).toBeUndefined();
    else expect(heard).toContain('"name":"ann"');
    for (const raw of [ann, bob]) raw.close();
  });
}

test('a logout that waits for the store ends nothing while Redis is away', async ({
  startNode,
  startRedis,
}) => {
  const redis = await startRedis();
  const variant = [["app.use('/logout', closeUnread);", '']] as const;
  const node = await startNode({ env: { REDIS_URL: redis.url }, variant });
  const login = await signIn(node);
  const ann = await enter(node, login);
  await redis.kill();
  expect(await logOut(node, login)).toBe(503);
  expect(await ann.isClosed(300)).toBe(false);
});
