import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VERSION } from '../../site/progress/document.ts';
import { MIGRATIONS, type Migration, migrate } from '../../site/progress/migrations.ts';

const steps = new Map<number, Migration>([
  [1, (document) => ({ ...document, lessons: { start: document.start } })],
  [2, (document) => ({ ...document, answers: {} })],
]);

test('an old document is lifted step by step, and each step raises its version', () => {
  assert.deepEqual(migrate({ version: 1, start: 'done' }, 1, 3, steps), {
    version: 3,
    start: 'done',
    lessons: { start: 'done' },
    answers: {},
  });
});

test('a migration leaves the old document as it was', () => {
  const old = Object.freeze({ version: 1, start: 'done' });
  migrate(old, 1, 3, steps);
  assert.deepEqual(old, { version: 1, start: 'done' });
});

test('a document of the current version is not touched', () => {
  const current = { version: 3 };
  assert.equal(migrate(current, 3, 3, steps), current);
});

test('a missing migration is an error, not a guess', () => {
  assert.throws(() => migrate({ version: 3 }, 3, 4, steps), /no migration from version 3/);
});

test('every version of progress before the current one has its migration', () => {
  for (let version = 1; version < VERSION; version += 1) assert.ok(MIGRATIONS.has(version));
  assert.equal(MIGRATIONS.size, VERSION - 1);
});
