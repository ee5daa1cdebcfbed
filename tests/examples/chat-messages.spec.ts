// What becomes of a message: kept once, acknowledged when it is kept, and bounded.
import { come, type Person } from '../support/chat.ts';
import { unlimited } from '../support/chat-speech.ts';
import { type Example, type Options, until, type Variant } from '../support/example.ts';
import { expect, test } from '../support/test.ts';

const mark = () => crypto.randomUUID();
const texts = async (person: Person) =>
  (await person.ask('history')).messages?.map(({ text }) => text);

test('a message that is sent again is neither stored nor heard a second time', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const [ann, bob] = [await come(origin), await come(origin, 'bob')];
  const message = { id: mark(), text: 'once' };
  const first = await ann.ask('say', message);
  const again = await ann.ask('say', message);
  expect(again).toEqual(first);
  const device = await come(origin); // after a reconnection, or from a queue that was saved
  expect(await device.ask('say', { ...message, text: 'changed' })).toEqual(first);
  await bob.hear('said');
  expect(await bob.hears('said')).toBe(false);
  expect(await texts(bob)).toEqual(['once']);
});

test('a chat without the id of the client keeps a resend as a second message', async ({
  startExample,
}) => {
  const variant: Variant = [
    [
      'const { room, id, text } = Say.parse(payload);',
      'const { room, text } = Say.parse(payload); const id = randomUUID();',
      'chat.ts',
    ],
  ];
  const { origin } = await startExample('chat', { variant });
  const ann = await come(origin);
  const message = { id: mark(), text: 'once' };
  await ann.ask('say', message);
  await ann.ask('say', message);
  expect(await texts(ann)).toEqual(['once', 'once']);
});

test('the same id from two people is two messages', async ({ startExample }) => {
  const { origin } = await startExample('chat');
  const [ann, bob] = [await come(origin), await come(origin, 'bob')];
  const id = mark();
  await ann.ask('say', { id, text: 'from ann' });
  expect(await bob.ask('say', { id, text: 'from bob' })).toMatchObject({ ok: true });
  expect(await texts(ann)).toEqual(['from ann', 'from bob']);
});

const broken: Variant[number] = [
  'const [made] = await this.#database.query',
  "if (text === 'lost') throw new Error('the disk is full');\n    const [made] = await this.#database.query",
  'messages.ts',
];

test('a message that could not be stored is not acknowledged, and nobody hears it', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat', { variant: [broken] });
  const [ann, bob] = [await come(origin), await come(origin, 'bob')];
  expect(await ann.ask('say', { text: 'lost' })).toEqual({
    error: { code: 'SERVER_ERROR', message: 'That did not work. Try again in a moment.' },
  });
  expect(await bob.hears('said')).toBe(false);
  expect(await ann.ask('say', { text: 'found' })).toMatchObject({ ok: true });
});

test('a chat that answers before it stores acknowledges a message that is lost', async ({
  startExample,
}) => {
  const early: Variant[number] = [
    'const kept = await messages.keep',
    "if (text === 'lost') return void messages.keep(room, user, id, text).catch(() => {}) ?? { ok: true };\n    const kept = await messages.keep",
    'chat.ts',
  ];
  const { origin } = await startExample('chat', { variant: [broken, early] });
  const ann = await come(origin);
  expect(await ann.ask('say', { text: 'lost' })).toEqual({ ok: true });
  expect(await texts(ann)).toEqual([]);
});

test('the history comes in pages of 50, oldest first, without a gap or a double', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat', { variant: unlimited });
  const ann = await come(origin);
  for (let n = 1; n <= 120; n += 1) await ann.ask('say', { text: `${n}` });
  const pages: string[][] = [];
  let before: number | undefined;
  for (let more = true; more; ) {
    const page = await ann.ask('history', { before });
    pages.unshift(page.messages?.map(({ text }) => text) ?? []);
    before = page.messages?.[0]?.seq;
    more = page.more === true;
  }
  expect(pages.map(({ length }) => length)).toEqual([20, 50, 50]);
  expect(pages.flat()).toEqual(Array.from({ length: 120 }, (_, n) => `${n + 1}`));
});

test('an empty, a long and a malformed message are answered BAD_PAYLOAD, and stored is none', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const ann = await come(origin);
  const bad = [
    ...[
      undefined,
      null,
      'text',
      {},
      { text: '' },
      { text: '   ' },
      { text: 'a\0b' },
      { text: 'x'.repeat(2_001) },
    ],
    ...[
      { text: 'x', id: 'short' },
      { text: 'x', id: "' OR 1=1 --" },
      { text: 'x', id: 7 },
    ],
    ...[{ text: 'x', room: '' }, { text: 'x', room: {} }, { text: { toString: null } }],
  ];
  for (const payload of bad) {
    const answer = await ann.ask('say', payload);
    expect(answer.error?.code, JSON.stringify(payload)).toBe('BAD_PAYLOAD');
  }
  for (const before of [0, -1, 1.5, 'x', 1e300]) {
    expect((await ann.ask('history', { before })).error?.code, `${before}`).toBe('BAD_PAYLOAD');
  }
  expect(await texts(ann)).toEqual([]);
  expect(await ann.ask('say', { text: 'x'.repeat(2_000) })).toMatchObject({ ok: true });
});

test('more than 40 events in ten seconds are refused, and who goes on is cut', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const ann = await come(origin);
  const other = await come(origin, 'bob');
  await ann.raw.send(...Array.from({ length: 40 }, () => '42["whoami"]'));
  expect(await ann.ask('whoami')).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  expect(await other.ask('whoami'), 'others have their own').toMatchObject({ name: 'bob' });
  await ann.raw.send(...Array.from({ length: 500 }, () => '42["whoami"]'));
  expect(await ann.hear('ended')).toMatchObject({ code: 'RATE_LIMITED' });
  expect(await ann.raw.isClosed(500)).toBe(true);
});

/** Ann takes nothing from her connection, while Bob speaks on. Gives whether hers ends. */
async function slowReader(startExample: Start, changes: Variant): Promise<boolean> {
  const variant: Variant = [
    ...unlimited,
    ['text: line.trim().min(1).max(2_000)', 'text: line.trim().min(1).max(15_000)', 'chat.ts'],
    ...changes,
  ];
  const example = await startExample('chat', { variant });
  const [ann, bob] = [await come(example.origin), await come(example.origin, 'bob')];
  ann.pause();
  // 24 MB: what the system keeps for a connection by itself is less than half of that.
  const burst = Array.from({ length: 50 }, () => `42["say",{"text":"${'x'.repeat(15_000)}"}]`);
  for (let n = 0; n < 32 && !ended(example); n += 1) {
    await bob.raw.send(...burst);
    await bob.ask('whoami'); // the burst has been taken
    bob.raw.packets.length = 0;
  }
  await until(() => ended(example), 1_000).catch(() => {});
  return ended(example);
}
type Start = (name: string, options: Options) => Promise<Example>;
const ended = ({ log }: { log: Record<string, unknown>[] }) =>
  log.some(({ event, user }) => event === 'ended' && user === 'u1');

test('a client that does not read is cut before its messages fill the memory', async ({
  startExample,
}) => {
  test.setTimeout(60_000);
  expect(await slowReader(startExample, [])).toBe(true);
});

test('without the look at its buffer, a client that does not read stays', async ({
  startExample,
}) => {
  test.setTimeout(60_000);
  expect(await slowReader(startExample, [['> MOST_WAITING', '> 1e9', 'live.ts']])).toBe(false);
});
