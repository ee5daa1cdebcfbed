// Who is in a room of the chat, and what those hear and read who are not.
import { come } from '../support/chat.ts';
import { annsRoom, forbidden } from '../support/chat-speech.ts';
import type { Variant } from '../support/example.ts';
import { expect, test } from '../support/test.ts';

test('in the chat, who is not in a room reads no history of it, and cannot speak there', async ({
  startExample,
}) => {
  const example = await startExample('chat');
  const { ann, bob, room } = await annsRoom(example.origin);
  expect(await bob.ask('history', { room })).toEqual(forbidden);
  expect(await bob.ask('members', { room })).toEqual(forbidden);
  expect(await bob.ask('say', { room, text: 'what cake?' })).toEqual(forbidden);
  expect(await bob.ask('leave', { room })).toEqual(forbidden);
  expect(await bob.ask('invite', { room, name: 'bob' })).toEqual(forbidden);
  // A room that is not there answers the same: nobody finds out which ones there are.
  expect(await bob.ask('history', { room: 'no-such-room' })).toEqual(forbidden);
  expect((await ann.ask('history', { room })).messages).toHaveLength(1);
  expect(await ann.hears('said', 100), 'her own message').toBe(true);
  expect(await ann.hears('said', 100), 'and no other').toBe(false);
  expect(example.log).toContainEqual(
    expect.objectContaining({ event: 'refused', code: 'FORBIDDEN', user: 'u2' }),
  );
});

test('in a chat that takes the room a client names, everybody reads everything', async ({
  startExample,
}) => {
  const variant: Variant = [
    [
      "if (!found) throw new Refusal('FORBIDDEN', user.id);\n    return found;\n  };\n  /**",
      'return found as Room;\n  };\n  /**',
      'chat.ts',
    ],
    [
      'JOIN members ON members.room = messages.room AND members.account = $2',
      'JOIN members ON members.room = messages.room AND $2 = $2',
      'messages.ts',
    ],
  ];
  const { origin } = await startExample('chat', { variant });
  const { bob, room } = await annsRoom(origin);
  expect((await bob.ask('history', { room })).messages?.[0]?.text).toBe('a cake?');
});

test('in a chat that stores what anybody sends, a stranger speaks in a room', async ({
  startExample,
}) => {
  const variant: Variant = [
    [
      'FROM members WHERE members.room = $1 AND members.account = $2',
      'FROM (SELECT $1 AS room, $2 AS account) AS members WHERE true',
      'messages.ts',
    ],
  ];
  const { origin } = await startExample('chat', { variant });
  const { ann, bob, room } = await annsRoom(origin);
  await ann.hear('said');
  expect(await bob.ask('say', { room, text: 'what cake?' })).toMatchObject({ ok: true });
  expect(await ann.hear('said')).toMatchObject({ text: 'what cake?' });
});

test('a message of the chat names its sender, whatever the client claims', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const [ann, bob] = [await come(origin), await come(origin, 'bob')];
  const from = { id: 'u1', name: 'ann' };
  await bob.ask('say', { text: 'I owe Bob 100', from, user: from, author: 'u1', at: 0, seq: 1 });
  const said = await ann.hear('said');
  expect(said).toMatchObject({ from: { id: 'u2', name: 'bob' }, text: 'I owe Bob 100' });
  expect(Number(said['at'])).toBeGreaterThan(Date.now() - 60_000);
});

test('in a chat that believes the sender, Bob speaks as Ann', async ({ startExample }) => {
  const variant: Variant = [
    [
      '{ id: user.id, name: user.name }, id, text)',
      '((payload as { from?: typeof user }).from ?? user), id, text)',
      'chat.ts',
    ],
  ];
  const { origin } = await startExample('chat', { variant });
  const [ann, bob] = [await come(origin), await come(origin, 'bob')];
  await bob.ask('say', { text: 'I owe Bob 100', from: { id: 'u1', name: 'ann' } });
  expect(await ann.hear('said')).toMatchObject({ from: { id: 'u1', name: 'ann' } });
});

test('an invited person is told on every device, reads the history, and hears what is said', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const { ann, bob, room } = await annsRoom(origin);
  const phone = await come(origin, 'bob');
  expect(await ann.ask('invite', { room, name: 'Bob' })).toEqual({ ok: true });
  for (const device of [bob, phone]) {
    expect(await device.hear('entered')).toMatchObject({ id: room, name: 'Surprise for Bob' });
  }
  await ann.ask('say', { room, text: 'welcome' });
  for (const device of [bob, phone]) expect(await device.hear('said')).toMatchObject({ room });
  expect((await bob.ask('history', { room })).messages).toHaveLength(2);
  expect(await bob.ask('invite', { room, name: 'root' }), 'a member is no owner').toEqual(
    forbidden,
  );
  expect(await ann.ask('invite', { room, name: 'nobody' })).toMatchObject({
    error: { code: 'USER_UNKNOWN' },
  });
  expect(await ann.ask('invite', { room, name: 'dave' }), 'disabled').toMatchObject({
    error: { code: 'USER_UNKNOWN' },
  });
});

test('who is removed from a room hears nothing more of it, on no device', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const { ann, bob, room } = await annsRoom(origin);
  const phone = await come(origin, 'bob');
  await ann.ask('invite', { room, name: 'bob' });
  await bob.hear('entered');
  expect(await bob.ask('remove', { room, user: 'u1' }), 'not the owner').toEqual(forbidden);
  expect(await ann.ask('remove', { room, user: 'u2' })).toEqual({ ok: true });
  expect(await bob.hear('left')).toEqual({ id: room });
  await ann.ask('say', { room, text: 'now, the cake' });
  expect(await bob.hears('said')).toBe(false);
  expect(await phone.hears('said', 50)).toBe(false);
  expect(await bob.ask('history', { room })).toEqual(forbidden);
});

test('in a chat that changes the table alone, a removed person goes on listening', async ({
  startExample,
}) => {
  const variant: Variant = [['.socketsLeave(', '.socketsJoin(', 'membership.ts']];
  const { origin } = await startExample('chat', { variant });
  const { ann, bob, room } = await annsRoom(origin);
  await ann.ask('invite', { room, name: 'bob' });
  await bob.hear('entered');
  await ann.ask('remove', { room, user: 'u2' });
  await ann.ask('say', { room, text: 'now, the cake' });
  expect(await bob.hear('said')).toMatchObject({ text: 'now, the cake' });
});
