// What was acknowledged is there: after a restart, after kill -9 in the middle of a write, and at a shutdown.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { io } from 'socket.io-client';
import { type Answer, come, logInForTokens, type Person, steered } from '../support/chat.ts';
import { type Example, until, type Variant } from '../support/example.ts';
import { get, PASSWORD, post } from '../support/http.ts';
import { Postgres } from '../support/postgres.ts';
import { expect, test } from '../support/test.ts';

const unlimited: Variant = [['points: 40, duration: 10', 'points: 1e6, duration: 10', 'events.ts']];
const file = () => join(test.info().outputPath(), 'chat.db');

/** Everything that the lobby holds, by the text of its messages. */
async function history(person: Person): Promise<string[]> {
  const texts: string[] = [];
  let page: Answer = { more: true };
  while (page.more) {
    page = await person.ask('history', { before: page.messages?.[0]?.seq });
    texts.unshift(...(page.messages ?? []).map(({ text }) => text));
  }
  return texts;
}

/** Speaks without a pause, several at a time, until the server is gone. Gives what was acknowledged. */
async function speakUntilTheEnd(ann: Person, round: number): Promise<string[]> {
  const acknowledged: string[] = [];
  const speak = async (line: number) => {
    for (let n = 0; !ann.raw.closed; n += 1) {
      const text = `${round}/${line}/${n}`;
      const answer = await ann.ask('say', { text }).catch(() => undefined);
      if (answer?.ok) acknowledged.push(text);
    }
  };
  await Promise.all([speak(1), speak(2), speak(3)]);
  return acknowledged;
}

test('after kill -9 in the middle of writing, every acknowledged message is there, and the database is sound', async ({
  startExample,
}) => {
  test.setTimeout(90_000);
  const env = { DATABASE_FILE: file() };
  const acknowledged: string[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const example = await startExample('chat', { env, variant: unlimited });
    const ann = await come(example.origin);
    const speaking = speakUntilTheEnd(ann, round);
    await until(() => ann.raw.packets.length > 50 * round, 10_000); // each time at another moment
    await example.stop('SIGKILL');
    acknowledged.push(...(await speaking));
    const database = new DatabaseSync(env.DATABASE_FILE);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    database.close();
  }
  const { origin } = await startExample('chat', { env, variant: unlimited });
  const kept = await history(await come(origin));
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([]);
  expect(new Set(kept).size, 'none twice').toBe(kept.length);
});

test('a chat that answers before it writes loses what it has acknowledged, at kill -9', async ({
  startExample,
}) => {
  const env = { DATABASE_FILE: file() };
  const variant: Variant = [
    ...unlimited,
    [
      'const kept = await messages.keep(',
      `const later = setTimeout(() => void messages.keep(room, user, id, text), 500);
       if (later) return { ok: true };
       const kept = await messages.keep(`,
      'chat.ts',
    ],
  ];
  const example = await startExample('chat', { env, variant });
  const ann = await come(example.origin);
  expect(await ann.ask('say', { text: 'important' })).toEqual({ ok: true });
  await example.stop('SIGKILL');
  const { origin } = await startExample('chat', { env });
  expect(await history(await come(origin))).toEqual([]);
});

test('the chat on PostgreSQL keeps what it has acknowledged over kill -9, too', async ({
  startExample,
}) => {
  test.setTimeout(90_000);
  const postgres = await Postgres.start();
  const env = { DATABASE_URL: await postgres.fresh() };
  const example = await startExample('chat', { env, variant: unlimited });
  const ann = await come(example.origin);
  const speaking = speakUntilTheEnd(ann, 1);
  await until(() => ann.raw.packets.length > 100, 10_000);
  await example.stop('SIGKILL');
  const acknowledged = await speaking;
  const again = await startExample('chat', { env, variant: unlimited });
  const kept = await history(await come(again.origin));
  expect(acknowledged.length).toBeGreaterThan(20);
  expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([]);
  expect(await again.stop('SIGTERM')).toBe(0);
  await postgres.stop();
});

/** A client as a page has it, which comes back by itself. */
async function client(origin: string) {
  const socket = io(origin, {
    ...{ auth: await logInForTokens(origin), transports: ['websocket'], forceNew: true },
    reconnectionDelay: 50,
  });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  return socket;
}

test('a restart tells every client, ends with 0 in under 2 s, and loses no message', async ({
  startExample,
}) => {
  const env = { DATABASE_FILE: file() };
  const first = await startExample('chat', { env, variant: unlimited });
  const socket = await client(first.origin);
  const heard: string[] = [];
  socket.on('ended', ({ code }) => heard.push(code));
  socket.on('disconnect', (reason) => heard.push(reason));
  const ann = await come(first.origin);
  const speaking = speakUntilTheEnd(ann, 1);
  await until(() => ann.raw.packets.length > 50, 10_000);
  const start = performance.now();
  expect(await first.stop('SIGTERM')).toBe(0);
  expect(performance.now() - start).toBeLessThan(2_000);
  const acknowledged = await speaking;
  await until(() => heard.length === 2, 1_000);
  expect(heard).toEqual(['GOING_AWAY', 'transport close']);
  expect(socket.active, 'it comes back by itself').toBe(true);
  expect(first.errors.filter((line) => !line.includes('logins end'))).toEqual([]);

  const port = new URL(first.origin).port;
  const second = await startExample('chat', { env, args: ['--port', port] });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  const kept = await history(await come(second.origin));
  expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([]);
  socket.close();
});

test('an event that is being worked on when the chat stops is answered first', async ({
  startExample,
}) => {
  const slow: Variant = [
    [
      'const kept = await messages.keep(',
      `await new Promise((resolve) => setTimeout(resolve, 300));
       const kept = await messages.keep(`,
      'chat.ts',
    ],
  ];
  const example = await startExample('chat', { variant: slow });
  const ann = await come(example.origin);
  const answer = ann.ask('say', { text: 'just in time' });
  await ann.ask('whoami'); // the first one is on its way by now
  const stopped = example.stop('SIGTERM');
  expect(await answer).toMatchObject({ ok: true });
  expect(await ann.hear('ended')).toMatchObject({ code: 'GOING_AWAY' });
  expect(await stopped).toBe(0);
});

test('health says that the process lives, readiness that the database answers', async ({
  startExample,
}) => {
  const example = await startExample('chat');
  const ask = async (path: string) => (await get(`${example.origin}${path}`)).status;
  expect([await ask('/health'), await ask('/ready')]).toEqual([200, 200]);
  const broken: Variant = [["'SELECT 1 AS one'", "'SELECT one FROM nowhere'", 'health.ts']];
  const ill: Example = await startExample('chat', { variant: broken });
  expect((await get(`${ill.origin}/health`)).status).toBe(200);
  expect((await get(`${ill.origin}/ready`)).status).toBe(503);
});

test('a request that is being answered when the chat stops gets its answer', async ({
  startExample,
}) => {
  const slow: Variant = [
    [
      'async verify(name: string, password: string)',
      `async verify(name: string, password: string): Promise<User | undefined> {
         await new Promise((resolve) => setTimeout(resolve, 300));
         return this.verifyNow(name, password);
       }
       async verifyNow(name: string, password: string)`,
      'accounts.ts',
    ],
  ];
  const example = await startExample('chat', { ...steered, variant: slow });
  const login = post(`${example.origin}/login`, {
    username: 'bob',
    password: PASSWORD,
  });
  await expect.poll(() => example.steer({ do: 'urls' })).toEqual(['/login']); // it has arrived
  const stopped = example.stop('SIGTERM');
  expect((await login).status).toBe(204);
  expect(await stopped).toBe(0);
});
