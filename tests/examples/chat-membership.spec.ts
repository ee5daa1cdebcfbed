// How the rooms of the chat's open sockets follow the table, and who is online in them.
import { come, enter, newMember, signForChat, steered } from '../support/chat.ts';
import { annsRoom, forbidden } from '../support/chat-speech.ts';
import type { Example, Options, Variant } from '../support/example.ts';
import { logInForCookie } from '../support/http.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** Bob connects, and is removed while the server still reads which rooms are his. */
async function removedMeanwhile(example: Example): Promise<boolean> {
  const bob = await newMember(example);
  const ann = await come(example.origin);
  const { room } = await ann.ask('create', { name: 'For a moment' });
  await ann.ask('invite', { room: room?.id, name: bob });
  await example.ask({ rooms: 300 }); // ms that this read takes from now on
  const read = example.lookup(`rooms of ${bob}`);
  const coming = enter(example.origin, {}, { token: signForChat({ sub: bob }) });
  await read;
  await example.ask({ rooms: 0 });
  await ann.ask('remove', { room: room?.id, user: bob });
  const person = await coming;
  await ann.ask('say', { room: room?.id, text: 'gone?' });
  return person.hears('said');
}
type Start = (name: string, options: Options) => Promise<Example>;
const start = (startExample: Start, variant: Variant = []) =>
  startExample('chat', { ...steered, variant });

test('who is removed while the rooms are being joined does not get in', async ({
  startExample,
}) => {
  expect(await removedMeanwhile(await start(startExample))).toBe(false);
});

test('joining what was read before the removal lets a removed person in', async ({
  startExample,
}) => {
  const variant: Variant = [['if (before !== changesOf(id)) continue;', '', 'membership.ts']];
  expect(await removedMeanwhile(await start(startExample, variant))).toBe(true);
});

test('a change of the rooms that nobody announces reaches open sockets at the next look', async ({
  startExample,
}) => {
  const env = { RECHECK_SECONDS: '1' };
  const example = await startExample('chat', { ...steered, env });
  const { ann, bob, room } = await annsRoom(example.origin);
  await ann.ask('invite', { room, name: 'bob' });
  await bob.hear('entered');
  await example.ask({ sql: "DELETE FROM members WHERE account = 'u2'" }); // as another process does
  await expect
    .poll(
      async () => {
        await ann.ask('say', { room, text: 'still there?' });
        return bob.hears('said', 50);
      },
      { intervals: [400], timeout: 5_000 },
    )
    .toBe(false);
});

test('a database that fails at a look ends neither the socket nor the process', async ({
  startExample,
}) => {
  const example = await startExample('chat', { ...steered, env: { RECHECK_SECONDS: '1' } });
  const ann = await come(example.origin);
  await example.ask({ rooms: 'down' });
  await example.lookup('rooms of u1');
  expect(await ann.ask('whoami')).toMatchObject({ name: 'ann' });
  expect(example.errors.join()).toContain('the store is down');
  const raw = await openWebSocket(example.origin, { Cookie: await logInForCookie(example.origin) });
  await raw.connect();
  expect(await raw.next('42["ended"'), 'who comes now is told to come again').toContain(
    'AUTH_UNAVAILABLE',
  );
});

test('a room whose owner leaves belongs to the next member, and an empty one is gone', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const { ann, bob, room } = await annsRoom(origin);
  await ann.ask('invite', { room, name: 'bob' });
  await ann.ask('leave', { room });
  expect((await bob.ask('rooms')).rooms).toContainEqual({
    id: room,
    name: 'Surprise for Bob',
    owner: 'u2',
  });
  await bob.ask('leave', { room });
  expect(await bob.ask('history', { room })).toEqual(forbidden);
});

test('online are people, not tabs, and only who shares a room hears of them', async ({
  startExample,
}) => {
  const example = await startExample('chat', steered);
  const watcher = await come(example.origin, 'root');
  const first = await come(example.origin);
  expect(await watcher.hear('presence')).toEqual({ id: 'u1', name: 'ann', online: true });
  const second = await come(example.origin);
  first.raw.close();
  expect(await watcher.hears('presence'), 'a second tab, and the end of the first').toBe(false);
  const members = await watcher.ask('members');
  expect(members.members).toContainEqual({ id: 'u1', name: 'ann', online: true });
  second.raw.close();
  expect(await watcher.hear('presence')).toEqual({ id: 'u1', name: 'ann', online: false });

  await example.ask({ sql: "DELETE FROM members WHERE account = 'u2'" });
  await come(example.origin, 'bob');
  expect(await watcher.hears('presence'), 'Bob shares no room').toBe(false);
});

test('one account makes at most 50 rooms', async ({ startExample }) => {
  const variant: Variant = [['points: 40, duration: 10', 'points: 400, duration: 10', 'events.ts']];
  const { origin } = await startExample('chat', { variant });
  const ann = await come(origin);
  for (let n = 0; n < 50; n += 1) await ann.ask('create', { name: `room ${n}` });
  expect(await ann.ask('create', { name: 'one more' })).toMatchObject({
    error: { code: 'RATE_LIMITED' },
  });
});
