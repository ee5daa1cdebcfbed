// rooms: who is said to speak, whom one may notify, and what an admin may.
import type { Variant } from '../support/example.ts';
import { arrive, refusal } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const note = { to: 'u1', text: 'lunch?' };

test('the sender of a message is who signed in, whatever its payload says', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const ann = await arrive(example);
  const bob = await arrive(example, 'u2');
  await bob.ask('say', { text: 'you are dismissed', from: { id: 'u3', name: 'root' }, user: 'u3' });
  expect(await ann.hears('said')).toEqual([
    { from: { id: 'u2', name: 'bob' }, room: 'lobby', text: 'you are dismissed' },
  ]);
});

test('a server that passes a payload on passes a made-up sender on', async ({ startExample }) => {
  const variant: Variant = [
    ['const Say = z.object({', 'const Say = z.looseObject({', 'rooms.ts'],
    ["'say', Say, ({ room, text }) => {", "'say', Say, ({ room, ...payload }) => {", 'rooms.ts'],
    ["emit('said', { from, room, text })", "emit('said', { from, room, ...payload })", 'rooms.ts'],
  ];
  const example = await startExample('rooms', { variant });
  const ann = await arrive(example);
  const bob = await arrive(example, 'u2');
  await bob.ask('say', { text: 'you are dismissed', from: { id: 'u3', name: 'root' } });
  expect(await ann.hears('said')).toMatchObject([{ from: { name: 'root' } }]);
});

test('a notification reaches every tab of one person, and nobody else', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const tabs = [await arrive(example), await arrive(example)];
  const bob = await arrive(example, 'u2');
  const root = await arrive(example, 'u3');
  const answer = bob.ask('notify', note);
  for (const tab of tabs) await tab.acknowledge('notified', '[true]');
  expect(await answer).toEqual({ seen: true });
  for (const tab of tabs) {
    expect(tab.heard('notified')).toEqual([{ from: { id: 'u2', name: 'bob' }, text: 'lunch?' }]);
  }
  await root.ask('whoami');
  expect([...bob.heard('notified'), ...root.heard('notified')]).toEqual([]);
});

test('without a pattern, a prefix and a check a client reads the notifications of another user', async ({
  startExample,
}) => {
  const variant: Variant = [
    ['const Name = z.string().regex(/^[a-z]{1,20}$/);', 'const Name = z.any();', 'rooms.ts'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    ['await mustBelong(`room:${room}`, user.id);', '', 'rooms.ts'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    ['socket.join(`room:${room}`);', 'socket.join(room);', 'rooms.ts'],
  ];
  const example = await startExample('rooms', { variant });
  const ann = await arrive(example);
  const root = await arrive(example, 'u3');
  expect(await root.ask('join', { room: 'user:u1' })).toEqual({ ok: true });
  const answer = (await arrive(example, 'u2')).ask('notify', note);
  expect(await root.hears('notified')).toMatchObject([{ text: 'lunch?' }]);
  for (const each of [ann, root]) await each.acknowledge('notified', '[true]');
  expect(await answer).toEqual({ seen: true });
});

test('who has no group in common with a person cannot notify them, nor learn that they are there', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const bob = await arrive(example, 'u2');
  const root = await arrive(example, 'u3');
  const stranger = await bob.ask('notify', { ...note, to: 'u3' });
  expect(stranger).toEqual(refusal('FORBIDDEN'));
  expect(await bob.ask('notify', { ...note, to: 'u9' })).toEqual(stranger);
  await root.ask('whoami');
  expect(root.heard('notified')).toEqual([]);
});

test('without the check anybody who is signed in reaches anybody', async ({ startExample }) => {
  const variant: Variant = [
    ['!(await within(3_000, members.share(user.id, to)))', 'user.id === to', 'rooms.ts'],
  ];
  const example = await startExample('rooms', { variant });
  const bob = await arrive(example, 'u2');
  const root = await arrive(example, 'u3');
  bob.ask('notify', { ...note, to: 'u3' }).catch(() => {}); // nobody answers it
  expect(await root.hears('notified')).toMatchObject([{ from: { name: 'bob' } }]);
});

test('an acknowledgement that is not true does not count as seen, and ends nothing', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const ann = await arrive(example);
  const bob = await arrive(example, 'u2');
  for (const json of ['[]', '[null]', '["true"]', '[{"toString":null},1]', '[[true]]']) {
    const before = ann.heard('notified').length;
    const answer = bob.ask('notify', note);
    await ann.hears('notified', before + 1);
    await ann.acknowledge('notified', json);
    expect(await answer, json).toEqual({ seen: false });
  }
  expect(example.alive).toBe(true);
});

test('of two tabs the one that answers counts, and the silent one keeps nobody waiting for more than 2 seconds', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const ann = await arrive(example);
  const silent = await arrive(example);
  const bob = await arrive(example, 'u2');
  const answer = bob.ask('notify', note);
  await silent.hears('notified');
  await ann.acknowledge('notified', '[true]');
  expect(await answer).toEqual({ seen: true });
  ann.leave();
  expect(await bob.ask('notify', note)).toEqual({ seen: false });
});

const expelBob = ['expel', { group: 'room:kitchen', user: 'u2' }] as const;

test('an admin who is no longer one cannot expel anybody, though still in /admin', async ({
  startExample,
}) => {
  const example = await startExample('rooms');
  const root = await arrive(example, 'u3', '/admin');
  await example.steer({ do: 'demote', id: 'u3' });
  expect(await root.ask(...expelBob)).toEqual(refusal('FORBIDDEN'));
});

test('a role that was looked up at the door alone is good for as long as the socket stays', async ({
  startExample,
}) => {
  const variant: Variant = [
    [
      "if (admin?.role !== 'admin' || admin.disabled) throw new Refusal('FORBIDDEN');",
      '',
      'rooms.ts',
    ],
    [
      'const admin = await within(3_000, users.findById(id));',
      'void [within, users, id];',
      'rooms.ts',
    ],
  ];
  const example = await startExample('rooms', { variant });
  const root = await arrive(example, 'u3', '/admin');
  await example.steer({ do: 'demote', id: 'u3' });
  expect(await root.ask(...expelBob)).toEqual({ ok: true });
});

test('an event of the admins sent to the main namespace does nothing', async ({ startExample }) => {
  const example = await startExample('rooms');
  const bob = await arrive(example, 'u2');
  await bob.ask('join', { room: 'kitchen' });
  const root = await arrive(example, 'u3');
  await root.raw.send(`42${JSON.stringify(expelBob)}`);
  await root.ask('whoami');
  expect(await bob.ask('say', { room: 'kitchen', text: 'still here' })).toEqual({ ok: true });
});
