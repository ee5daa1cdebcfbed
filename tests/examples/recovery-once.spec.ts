// A session is handed out once, with the role that it had, and reaches back to its own first packet.
import type { Example, Variant } from '../support/example.ts';
import { bearer, post } from '../support/http.ts';
import { comeBack, drop, say, visit } from '../support/recovery.ts';
import { expect, test } from '../support/test.ts';

/** The session stays where it is when it is handed out. */
const kept: Variant = [['this.left.delete(pid); // gone, whatever comes of it', '', 'adapter.ts']];

test('a pid is good once: used again while its owner is online, it makes a new socket', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  const first = await comeBack(example.origin, { token, ...ann.kept });
  const second = await comeBack(example.origin, { token, ...ann.kept });
  expect(first.answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(first.texts).toEqual(['one']);
  expect(second.answer).not.toMatchObject({ sid: ann.sid });
  expect(second.texts).toEqual([]);
  await first.raw.send('425["whoami"]');
  expect(await first.raw.next('435')).toContain('ann');
});

test('a thief who presents a pid first hears nothing, and its owner comes in anew', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  const thief = await comeBack(example.origin, ann.kept);
  expect(thief.packets).toEqual([expect.stringMatching('^44.*TOKEN_MISSING')]);
  const { answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(answer.kind).toBe('connected');
  expect(answer).not.toMatchObject({ sid: ann.sid });
  expect(texts).toEqual([]);
});

test('of two that present a pid at the same moment, one gets the session', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  await example.steer({ do: 'slow', ms: 100 });
  const tries = await Promise.all(
    [1, 2, 3].map(() => comeBack(example.origin, { token, ...ann.kept })),
  );
  expect(tries.map(({ texts }) => texts.length).sort()).toEqual([0, 0, 1]);
  expect(new Set(tries.map(({ answer }) => JSON.stringify(answer))).size).toBe(3);
});

test('where a session is not taken out, a pid used again takes the place of its owner', async ({
  startExample,
}) => {
  const example = await startExample('recovery', { variant: kept });
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  const first = await comeBack(example.origin, { token, ...ann.kept });
  const second = await comeBack(example.origin, { token, ...ann.kept });
  expect([first.answer, second.answer]).toEqual([
    { kind: 'connected', sid: ann.sid },
    { kind: 'connected', sid: ann.sid },
  ]);
  await say(example, 'two');
  expect(await second.raw.next('42["said"')).toContain('two');
  expect(await first.raw.next('42["said"', 300)).toBeUndefined();
});

test('a pid whose owner is online and has not been away makes a new socket', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await say(example, 'one');
  const { answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(answer).not.toMatchObject({ sid: ann.sid });
  expect(texts).toEqual([]);
});

test('who lost a role during a drop is refused once, and then is a new socket', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign({ sub: 'u3' });
  const root = await visit(example.origin, { token });
  await drop(root, example.origin);
  await say(example, 'one');
  await example.steer({ do: 'demote', id: 'u3' });
  const first = await comeBack(example.origin, { token, ...root.kept });
  expect(first.packets).toEqual([expect.stringMatching('^44.*FORBIDDEN')]);
  const second = await comeBack(example.origin, { token, ...root.kept });
  expect(second.answer.kind).toBe('connected');
  expect(second.texts).toEqual([]);
});

test('while the store is down a client that comes back gets nothing, and is not called invalid', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  await example.steer({ do: 'down', on: true });
  const { packets } = await comeBack(example.origin, { token, ...ann.kept });
  expect(packets).toEqual([expect.stringMatching('^44.*AUTH_UNAVAILABLE')]);
});

/** The login of the session ends while the check of a fresh token waits. */
async function logoutDuringCheck(example: Example): Promise<string[]> {
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'one');
  await example.steer({ do: 'slow', ms: 200 });
  const lookedUp = example.lookup('u1');
  const coming = comeBack(example.origin, { token: example.sign(), ...ann.kept });
  await lookedUp;
  await post(`${example.origin}/logout`, '', bearer(token));
  return (await coming).texts;
}

test('a logout during the check of a client that comes back wins', async ({ startExample }) => {
  expect(await logoutDuringCheck(await startExample('recovery'))).toEqual([]);
});

test('where the login of before is not looked at again, a logout during the check is too late', async ({
  startExample,
}) => {
  const variant: Variant = [
    ['if (code) throw new Refusal(code, user.id);', 'void code;'],
    ['?? (back && revoked(back.was))', ''],
  ];
  expect(await logoutDuringCheck(await startExample('recovery', { variant }))).toEqual(['one']);
});

/** Ann learns an offset, hears more, and comes as a new socket: may that go back to before it came? */
async function olderOffset(example: Example): Promise<string[]> {
  const token = example.sign();
  const before = await visit(example.origin, { token });
  await before.raw.send('41'); // she leaves, and is in no room any more
  await say(example, 'not for her');
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  const { offset } = before.kept;
  return (await comeBack(example.origin, { token, pid: ann.kept.pid, offset })).texts;
}

test('an offset from before the session began brings nothing', async ({ startExample }) => {
  expect(await olderOffset(await startExample('recovery'))).toEqual([]);
});

test('where an offset may be older than its session, it brings what was sent before that began', async ({
  startExample,
}) => {
  const variant: Variant = [
    ['!last || last.n <= (joined.get(sid) ?? this.n)', '!last', 'adapter.ts'],
  ];
  expect(await olderOffset(await startExample('recovery', { variant }))).toEqual(['not for her']);
});
