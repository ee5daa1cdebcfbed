// What was missed in a room: from when the socket had joined it, and if it has joined it again.
import type { Variant } from '../support/example.ts';
import { comeBack, drop, say, type Visitor, visit } from '../support/recovery.ts';
import { expect, test } from '../support/test.ts';

/** `whoami` joins the room `late`, all that is said goes there, and who comes back may join it again. */
function roomy(again: boolean): Variant {
  return [
    ["'whoami', () => user)", "'whoami', () => (socket.join('late'), user))", 'room.ts'],
    ["socket.nsp.emit('said',", "socket.nsp.to('late').emit('said',", 'room.ts'],
    ['socket.join(', again ? "if (back) socket.join('late'); socket.join(" : 'socket.join('],
  ];
}

async function joinLate({ raw }: Visitor): Promise<void> {
  await raw.send('427["whoami"]');
  await raw.next('437');
}

test('who joined a room late does not get what was said there before', async ({ startExample }) => {
  const example = await startExample('recovery', { variant: roomy(true) });
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await say(example, 'before she joined');
  await joinLate(ann);
  await drop(ann, example.origin);
  await say(example, 'while she was away');
  const { texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(texts).toEqual(['while she was away']);
});

test('who has not joined a room again does not get what was said there', async ({
  startExample,
}) => {
  const example = await startExample('recovery', { variant: roomy(false) });
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await joinLate(ann);
  await drop(ann, example.origin);
  await say(example, 'while she was away');
  const { answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(texts).toEqual([]);
});

test('where the time of a join is not kept, a room is read back to the CONNECT', async ({
  startExample,
}) => {
  const variant: Variant = [
    ...roomy(true),
    ['if (!joined.has(room)) joined.set(room, this.n)', 'joined.set(room, 0)', 'adapter.ts'],
    ['last.n <= (joined.get(sid) ?? this.n)', 'false', 'adapter.ts'],
    ['n <= until', 'true', 'adapter.ts'],
  ];
  const example = await startExample('recovery', { variant });
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await say(example, 'before she joined');
  await joinLate(ann);
  await drop(ann, example.origin);
  const { texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(texts).toEqual(['before she joined']);
});

test('by default rooms come back as they were: who was put out of one during a drop is in it again', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ connectionStateRecovery: {} });
  io.on('connection', (socket) => {
    if (socket.recovered) return;
    socket.join(['user:ann', 'board']);
    socket.emit('welcome');
  });
  const ann = await visit(origin);
  await drop(ann, origin);
  io.in('user:ann').socketsLeave('board');
  const { raw } = await comeBack(origin, ann.kept);
  io.to('board').emit('said', { text: 'for the board' });
  expect(await raw.next('42["said"')).toContain('for the board');
});
