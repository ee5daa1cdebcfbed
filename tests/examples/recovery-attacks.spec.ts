// What must not come back with a pid. Each attack is run on the example, where it fails, and on a variant, where it
// gets in.
import { setTimeout as wait } from 'node:timers/promises';
import type { Example, Variant } from '../support/example.ts';
import { bearer, post } from '../support/http.ts';
import { comeBack, drop, say, type Visitor, visit } from '../support/recovery.ts';
import { expect, test } from '../support/test.ts';

/** The library's own adapter, with the middleware and without. */
const library: Variant = [['  adapter: Guarded,\n', '']];
const default_: Variant = [...library, ['skipMiddlewares: false', 'skipMiddlewares: true']];
const uncompared: Variant = [['if (back) compare(back.was, login);', '']];
const ofEndedLogins: Variant = [
  [' || revoked(was);', ';'],
  ['if (code) throw new Refusal(code, user.id);', 'void code;'],
  ['?? (back && revoked(back.was))', ''],
];

interface Scene {
  example: Example;
  token: string;
  ann: Visitor;
}

/** Ann has been here, her connection broke, and something was said since. */
async function annIsAway(example: Example, token = example.sign()): Promise<Scene> {
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'for those who are in');
  return { example, token, ann };
}

const refusal = (code: string) => [expect.stringMatching(`^44.*"code":"${code}"`)];

test('a pid without a token brings a refusal, and not one packet before it', async ({
  startExample,
}) => {
  const { example, ann } = await annIsAway(await startExample('recovery'));
  const { packets } = await comeBack(example.origin, ann.kept);
  expect(packets).toEqual(refusal('TOKEN_MISSING'));
});

test('with the default options a pid without a token is back in, and hears what was said', async ({
  startExample,
}) => {
  const example = await startExample('recovery', { variant: default_ });
  const { ann } = await annIsAway(example);
  const { answer, texts } = await comeBack(example.origin, ann.kept);
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(texts).toEqual(['for those who are in']);
});

test('with skipMiddlewares false alone, a pid without a token is sent what was said, then refused', async ({
  startExample,
}) => {
  const example = await startExample('recovery', { variant: library });
  const { ann } = await annIsAway(example);
  const { answer, texts } = await comeBack(example.origin, ann.kept);
  expect(answer).toMatchObject({ kind: 'refused', code: 'TOKEN_MISSING' });
  expect(texts).toEqual(['for those who are in']);
});

test("another user's token does not open a session, and gets not one packet of it", async ({
  startExample,
}) => {
  const { example, ann } = await annIsAway(await startExample('recovery'));
  const token = example.sign({ sub: 'u2' });
  const { packets } = await comeBack(example.origin, { token, ...ann.kept });
  expect(packets).toEqual(refusal('FORBIDDEN'));
  const again = await comeBack(example.origin, { token, ...ann.kept });
  expect(again.answer.kind).toBe('connected'); // as a new socket, for the pid is used up
  expect(again.answer).not.toMatchObject({ sid: ann.sid });
  expect(again.texts).toEqual([]);
});

test("where users are not compared, another user's token gets the packets and the id of the session", async ({
  startExample,
}) => {
  const { example, ann } = await annIsAway(await startExample('recovery', { variant: uncompared }));
  const token = example.sign({ sub: 'u2' });
  const { answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(texts).toEqual(['for those who are in']);
});

test('a logout during a drop ends the session: neither the old token nor a new one gets it back', async ({
  startExample,
}) => {
  for (const fresh of [false, true]) {
    const { example, ann, token } = await annIsAway(await startExample('recovery'));
    await post(`${example.origin}/logout`, '', bearer(token));
    const presented = fresh ? example.sign() : token;
    const { answer, texts } = await comeBack(example.origin, { token: presented, ...ann.kept });
    if (!fresh) expect(answer).toMatchObject({ kind: 'refused', code: 'TOKEN_INVALID' });
    expect(answer).not.toMatchObject({ sid: ann.sid });
    expect(texts).toEqual([]);
  }
});

test('with the default options a logout during a drop ends nothing', async ({ startExample }) => {
  const example = await startExample('recovery', { variant: default_ });
  const { ann, token } = await annIsAway(example);
  await post(`${example.origin}/logout`, '', bearer(token));
  const { texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(texts).toEqual(['for those who are in']);
});

test('where the adapter does not ask for logouts, the next login gets the session of the last', async ({
  startExample,
}) => {
  const example = await startExample('recovery', { variant: ofEndedLogins });
  const { ann, token } = await annIsAway(example);
  await post(`${example.origin}/logout`, '', bearer(token));
  const { texts } = await comeBack(example.origin, { token: example.sign(), ...ann.kept });
  expect(texts).toEqual(['for those who are in']);
});

test('a user who was disabled during a drop gets nothing, announced or not', async ({
  startExample,
}) => {
  for (const order of ['disable', 'vanish'] as const) {
    const { example, ann, token } = await annIsAway(await startExample('recovery'));
    await example.steer({ do: order, id: 'u1' });
    const { packets } = await comeBack(example.origin, { token, ...ann.kept });
    expect(packets).toEqual(refusal('USER_UNKNOWN'));
  }
});

test('with skipMiddlewares false alone, a user who was disabled during a drop is sent what was said', async ({
  startExample,
}) => {
  const example = await startExample('recovery', { variant: library });
  const { ann, token } = await annIsAway(example);
  await example.steer({ do: 'disable', id: 'u1' });
  const { answer, texts } = await comeBack(example.origin, { token, ...ann.kept });
  expect(answer).toMatchObject({ kind: 'refused', code: 'USER_UNKNOWN' });
  expect(texts).toEqual(['for those who are in']);
});

/** Ann's token expires while she is away. */
async function expired(example: Example): Promise<Scene> {
  const exp = Math.floor(Date.now() / 1000) + 2;
  const scene = await annIsAway(example, example.sign({ exp }));
  await wait(exp * 1000 - Date.now());
  return scene;
}

test('a token that expired during a drop is refused, and a fresh one does not get its session', async ({
  startExample,
}) => {
  const example = await startExample('recovery');
  const [first, second] = await Promise.all([expired(example), expired(example)]);
  const old = await comeBack(example.origin, { token: first.token, ...first.ann.kept });
  expect(old.packets).toEqual(refusal('TOKEN_EXPIRED'));
  const fresh = await comeBack(example.origin, { token: example.sign(), ...second.ann.kept });
  expect(fresh.answer.kind).toBe('connected');
  expect(fresh.answer).not.toMatchObject({ sid: second.ann.sid });
  expect(fresh.texts).toEqual([]);
});

test('where the adapter does not ask for exp, a fresh token gets the session of an expired one', async ({
  startExample,
}) => {
  const variant: Variant = [['was.claims.exp * 1000 <= Date.now() || revoked', 'revoked']];
  const example = await startExample('recovery', { variant });
  const { ann } = await expired(example);
  const { texts } = await comeBack(example.origin, { token: example.sign(), ...ann.kept });
  expect(texts).toEqual(['for those who are in']);
});
