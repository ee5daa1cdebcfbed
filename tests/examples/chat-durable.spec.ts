// What was acknowledged is there, after kill -9 in the middle of a write.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { come } from '../support/chat.ts';
import { history, speakUntilTheEnd, unlimited } from '../support/chat-speech.ts';
import { until, type Variant } from '../support/example.ts';
import { Postgres } from '../support/postgres.ts';
import { expect, test } from '../support/test.ts';

const file = () => join(test.info().outputPath(), 'chat.db');

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
    await until(() => ann.raw.packets.length > 30 * round, 10_000); // each time at another moment
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
