// rooms: who gets into a room, who is put out of it, and who is said to speak.
import type { Variant } from '../support/example.ts';
import { arrive, knock, refusal } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
const anybody: Variant = [['await mustBelong(`room:${room}`, user.id);', '', 'rooms.ts']];
const slowStore: Variant = [
  [
    'return group === LOBBY || groups.get(group)?.has(userId) === true;',
    `const answer = group === LOBBY || groups.get(group)?.has(userId) === true;
     if (group !== LOBBY) await new Promise((resolve) => setTimeout(resolve, 400));
     return answer;`,
    'members.ts',
  ],
];
const unannounced: Variant = [["if (was) this.emit('lost', group, userId);", '', 'members.ts']];
const kitchen = { room: 'kitchen' };

test('who is no member cannot join a room, and hears nothing of it', async ({ startExample }) => {
  const example = await startExample('rooms');
  const root = await arrive(example, 'u3');
  const bob = await arrive(example, 'u2');
  expect(await root.ask('join', { room: 'board' })).toEqual({ ok: true });
  expect(await bob.ask('join', { room: 'board' })).toEqual(refusal('FORBIDDEN'));
  expect(await root.ask('say', { room: 'board', text: 'the merger' })).toEqual({ ok: true });
  expect(await bob.ask('say', { room: 'board', text: 'hello' })).toEqual(refusal('FORBIDDEN'));
  expect(bob.heard('said')).toEqual([]);
  expect(example.log).toContainEqual(
    expect.objectContaining({ event: 'refused', code: 'FORBIDDEN', user: 'u2', to: 'join' }),
  );
});

test('without the check whoever asks is in the room', async ({ startExample }) => {
  const example = await startExample('rooms', { variant: anybody });
  const root = await arrive(example, 'u3');
  const bob = await arrive(example, 'u2');
  await root.ask('join', { room: 'board' });
  expect(await bob.ask('join', { room: 'board' })).toEqual({ ok: true });
  await root.ask('say', { room: 'board', text: 'the merger' });
  expect(await bob.hears('said')).toMatchObject([{ room: 'board', text: 'the merger' }]);
});

test('a room that is not there is refused like one that is private', async ({ startExample }) => {
  const bob = await arrive(await startExample('rooms'), 'u2');
  const there = await bob.ask('join', { room: 'board' });
  expect(await bob.ask('join', { room: 'nowhere' })).toEqual(there);
});

test('a name that only looks like a room joins nothing', async ({ startExample }) => {
  const example = await startExample('rooms', {
    variant: [['points: 20, duration: 10', 'points: 100, duration: 10', 'handle.ts']],
  });
  const ann = await arrive(example);
  const { person: root, answer } = await knock(example, 'u3');
  await root.ask('join', { room: 'board' });
  const id = answer.kind === 'connected' && answer.sid;
  const names: unknown[] = [
    ...['room:board', 'user:u3', id, 'Board', 'board ', ' board', 'bo\u200bard', 'b\u043eard'],
    ...['', '*', '../board', 'board,kitchen', '__proto__', 'constructor', 42, null, true],
    ...[['board'], ['user:u3'], { toString: 'board' }, { length: 1 }],
  ];
  for (const room of names) {
    expect(await ann.ask('join', { room }), JSON.stringify(room)).toMatchObject({
      error: { code: expect.stringMatching(/^(BAD_PAYLOAD|FORBIDDEN)$/) },
    });
  }
  await root.ask('say', { room: 'board', text: 'for the board' });
  await root.ask('say', { text: 'for all' });
  expect(await ann.hears('said')).toMatchObject([{ text: 'for all' }]);
});

test('one speaks only in a room that one is in', async ({ startExample }) => {
  const example = await startExample('rooms');
  const ann = await arrive(example);
  const bob = await arrive(example, 'u2');
  await bob.ask('join', kitchen);
  expect(await ann.ask('say', { ...kitchen, text: 'x' })).toEqual(refusal('FORBIDDEN'));
  await ann.ask('join', kitchen);
  await ann.ask('leave', kitchen);
  expect(await ann.ask('say', { ...kitchen, text: 'x' })).toEqual(refusal('FORBIDDEN'));
  await bob.ask('whoami');
  expect(bob.heard('said')).toEqual([]);
});

test('without a look at the rooms of the speaker a stranger talks into a private room', async ({
  startExample,
}) => {
  const variant = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    ["if (!socket.rooms.has(`room:${room}`)) throw new Refusal('FORBIDDEN');", '', 'rooms.ts'],
  ] as const;
  const example = await startExample('rooms', { variant });
  const root = await arrive(example, 'u3');
  await root.ask('join', { room: 'board' });
  await (await arrive(example, 'u2')).ask('say', { room: 'board', text: 'from outside' });
  expect(await root.hears('said')).toMatchObject([{ from: { name: 'bob' }, text: 'from outside' }]);
});

/** Ann and Bob are in the kitchen, Ann twice; root expels Ann; then Bob says something there. */
async function expelAnn(example: Parameters<typeof arrive>[0]) {
  const tabs = [await arrive(example), await arrive(example)];
  const bob = await arrive(example, 'u2');
  for (const each of [...tabs, bob]) await each.ask('join', kitchen);
  const root = await arrive(example, 'u3', '/admin');
  expect(await root.ask('expel', { group: 'room:kitchen', user: 'u1' })).toEqual({ ok: true });
  await bob.ask('say', { ...kitchen, text: 'she is gone' });
  for (const tab of tabs) await tab.ask('whoami'); // what was sent before this has arrived
  return tabs;
}

test('a membership that ends puts each socket of that person out of the room, and says so', async ({
  startExample,
}) => {
  for (const tab of await expelAnn(await startExample('rooms'))) {
    expect(tab.heard('left')).toMatchObject([{ room: 'kitchen', code: 'FORBIDDEN' }]);
    expect(tab.heard('said')).toEqual([]);
    expect(await tab.ask('join', kitchen)).toEqual(refusal('FORBIDDEN'));
  }
});

test('a check at the join alone leaves a former member in the room', async ({ startExample }) => {
  const example = await startExample('rooms', { variant: unannounced });
  for (const tab of await expelAnn(example)) {
    expect(tab.heard('said')).toMatchObject([{ text: 'she is gone' }]);
  }
});

test('a membership that ends while the store is asked lets nobody in', async ({ startExample }) => {
  const example = await startExample('rooms', { variant: slowStore });
  const root = await arrive(example, 'u3', '/admin');
  const ann = await arrive(example);
  const asked = ann.ask('join', kitchen);
  await ann.ask('whoami'); // the join is under way
  await root.ask('expel', { group: 'room:kitchen', user: 'u1' });
  expect(await asked).toEqual(refusal('FORBIDDEN'));
});

test('an answer of the store that is out of date lets a former member in', async ({
  startExample,
}) => {
  const variant: Variant = [
    ...slowStore,
    ['|| lostSince(asked, group, userId)', '|| asked < 0', 'membership.ts'],
  ];
  const example = await startExample('rooms', { variant });
  const root = await arrive(example, 'u3', '/admin');
  const ann = await arrive(example);
  const asked = ann.ask('join', kitchen);
  await ann.ask('whoami');
  await root.ask('expel', { group: 'room:kitchen', user: 'u1' });
  expect(await asked).toEqual({ ok: true });
});

test('a membership that ends unannounced is noticed at the next look', async ({ startExample }) => {
  const env = { RECHECK_SECONDS: '1' };
  const example = await startExample('rooms', { env, variant: unannounced });
  for (const tab of await expelAnn(example)) {
    expect(await tab.hears('left')).toMatchObject([{ room: 'kitchen' }]);
    expect(await tab.ask('say', { ...kitchen, text: 'x' })).toEqual(refusal('FORBIDDEN'));
  }
});
