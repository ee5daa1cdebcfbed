// Connection state recovery as the example does it: what an honest client gets back.
import { setTimeout as wait } from 'node:timers/promises';
import { openWebSocket } from '../support/raw.ts';
import { comeBack, drop, say, visit } from '../support/recovery.ts';
import { expect, test } from '../support/test.ts';

test('a client that comes back gets what it missed, each message once and in order', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await say(example, 'before');
  await ann.raw.next('42["said"');
  const kept = { ...ann.kept, offset: JSON.parse(ann.raw.packets.at(-1)?.slice(2) ?? '[]').at(-1) };
  await drop(ann, example.origin);
  await say(example, 'one', 'two', 'three');
  const back = await comeBack(example.origin, { token, ...kept });
  expect(back.answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(back.texts).toEqual(['one', 'two', 'three']);
});

test('the answer to CONNECT comes before what was missed', async ({ startExample }) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  const { packets } = await comeBack(example.origin, { token, ...ann.kept });
  expect(packets[0]).toBe(`40{"sid":"${ann.sid}","pid":"${ann.kept.pid}"}`);
  expect(packets[1]).toContain('"text":"one"');
});

test('what is said while the check of a client waits is not lost to it', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  const bob = await visit(example.origin, { token: example.sign({ sub: 'u2' }) });
  await drop(ann, example.origin);
  await bob.raw.send('421["say",{"text":"one"}]');
  await bob.raw.next('431');
  await example.steer({ do: 'slow', ms: 200 });
  const lookedUp = example.lookup('u1');
  const coming = comeBack(example.origin, { token, ...ann.kept });
  await lookedUp;
  await bob.raw.send('422["say",{"text":"during the check"}]');
  await bob.raw.next('432');
  expect((await coming).texts).toEqual(['one', 'during the check']);
});

test('a client may break off and come back time and again', async ({ startExample }) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  for (const text of ['one', 'two', 'three']) {
    await say(example, text);
    const { raw, answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
    expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
    expect(texts.at(-1)).toBe(text); // its offset is that of the first visit, so all come again
    raw.close();
    (await openWebSocket(example.origin)).close();
  }
});

test('a new token of the same user brings the session back too', async ({ startExample }) => {
  const example = await startExample('recovery');
  const ann = await visit(example.origin, { token: example.sign() });
  await drop(ann, example.origin);
  await say(example, 'one');
  const { texts } = await comeBack(example.origin, { token: example.sign(), ...ann.kept });
  expect(texts).toEqual(['one']);
});

test('a message for one user is kept for that user alone', async ({ startExample }) => {
  const variant = [
    ["socket.nsp.emit('said',", "socket.nsp.to('user:u1').emit('said',", 'room.ts'],
  ] as const;
  const example = await startExample('recovery', { variant });
  const tokens = { u1: example.sign(), u3: example.sign({ sub: 'u3' }) };
  const ann = await visit(example.origin, { token: tokens.u1 });
  const root = await visit(example.origin, { token: tokens.u3 });
  await drop(ann, example.origin);
  await drop(root, example.origin);
  await say(example, 'for ann');
  const [hers, his] = [
    await comeBack(example.origin, { token: tokens.u1, ...ann.kept }),
    await comeBack(example.origin, { token: tokens.u3, ...root.kept }),
  ];
  expect([hers.texts, his.texts]).toEqual([['for ann'], []]);
  expect(his.answer).toEqual({ kind: 'connected', sid: root.sid });
});

test('after RECOVERY_SECONDS a client comes in anew', async ({ startExample }) => {
  const example = await startExample('recovery', { env: { RECOVERY_SECONDS: '1' } });
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  await wait(1_050);
  const { answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(answer).toMatchObject({ kind: 'connected' });
  expect(answer).not.toMatchObject({ sid: ann.sid });
  expect(texts).toEqual([]);
});

test('a malformed pid or offset makes a new socket, and the process lives', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  const { pid, offset } = ann.kept;
  const odd = [
    ...[{ pid: '' }, { pid: {}, offset }, { pid: [pid], offset }, { pid: '__proto__', offset }],
    ...[{ pid, offset: 1 }, { pid, offset: null }, { pid }],
  ];
  for (const auth of odd) {
    const { raw, answer } = await comeBack(example.origin, { token, ...auth });
    expect(answer.kind).toBe('connected');
    expect(answer).not.toMatchObject({ sid: ann.sid });
    raw.close();
  }
  const { answer } = await comeBack(example.origin, { token, pid, offset });
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
});
