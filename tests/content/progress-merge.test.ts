import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Attempt,
  EMPTY,
  LOG,
  type Progress,
  serialize,
  withAnswer,
  withAttempt,
  withLesson,
} from '../../site/progress/document.ts';
import { readImport } from '../../site/progress/import.ts';
import { mergeNewest } from '../../site/progress/merge.ts';
import { parse } from '../../site/progress/parse.ts';
import { tally } from '../../site/progress/tally.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const monday = '2026-11-16T08:00:00.000Z';
const tuesday = '2026-11-17T08:00:00.000Z';

const answered = (progress: Progress, id: string, at: string, right: boolean) =>
  withAnswer(progress, id, {
    ...{ chosen: [right ? 'a' : 'b'], right, tries: 1, rights: Number(right), at, seed: 1 },
    log: [[Date.parse(at) / 1000, right ? 3 : 1]],
  });

const ours = answered(answered(EMPTY, 'one', monday, false), 'two', tuesday, true);
const theirs = answered(answered(EMPTY, 'one', tuesday, true), 'two', monday, false);

test('in a merge the newer entry wins, on either side', () => {
  const { progress, ...counts } = mergeNewest(ours, answered(theirs, 'three', monday, true));
  assert.deepEqual(counts, { added: 1, replaced: 1, kept: 1 });
  assert.equal(progress.answers.get('one')?.right, true);
  assert.equal(progress.answers.get('two')?.right, true);
  assert.equal(progress.answers.size, 3);
});

test('merging the same file twice changes nothing the second time', () => {
  const once = mergeNewest(ours, theirs).progress;
  const { progress, ...counts } = mergeNewest(once, theirs);
  assert.deepEqual(counts, { added: 0, replaced: 0, kept: 2 });
  assert.deepEqual(progress, once);
});

test('a mark taken back later outlives an older mark in a file', () => {
  const back = withLesson(EMPTY, 'start', { done: false, at: tuesday });
  const done = withLesson(EMPTY, 'start', { done: true, at: monday });
  assert.equal(mergeNewest(back, done).progress.lessons.get('start')?.done, false);
});

test('an import says what it would do before it does it', () => {
  const file = serialize(answered(theirs, 'three', monday, true));
  const result = readImport('mine.json', file, ours, NOW);
  assert.equal(result.kind, 'ready');
  assert.equal(
    result.message,
    'mine.json: 1 entry new, 1 newer than yours, 1 no newer, which stay as they are.',
  );
});

test('an import that cannot be read says why, and what to choose', () => {
  const refused = (text: string) => readImport('notes.json', text, ours, NOW);
  assert.deepEqual(refused('hello'), {
    kind: 'refused',
    message:
      'notes.json was not imported: it is not valid JSON. Choose a file that this page exported.',
  });
  assert.match(refused('{"version":99}').message, /it has version 99, and this page knows 3/);
  assert.match(refused(serialize(EMPTY)).message, /it holds no entry that can be read/);
});

test('a tally counts a lesson’s own questions alone', () => {
  assert.deepEqual(tally(ours, ['one', 'three']), { total: 2, answered: 1, right: 0 });
});

test('a merge keeps the attempts of both, and counts none twice', () => {
  const { progress } = mergeNewest(ours, theirs);
  const one = progress.answers.get('one');
  assert.deepEqual(
    one?.log.map(([, grade]) => grade),
    [1, 3],
  );
  assert.deepEqual([one?.tries, one?.rights, one?.at], [2, 1, tuesday]);
  assert.deepEqual(mergeNewest(progress, ours).progress, progress);
});

test('attempts that a full list has let go of are not counted again', () => {
  const log = Array.from({ length: LOG }, (_, n) => [2_000_000 + n, 3] as const);
  const full = withAnswer(EMPTY, 'one', {
    ...{ chosen: ['a'], right: true, tries: 90, rights: 90, at: tuesday, seed: 1, log },
  });
  const old = answered(EMPTY, 'one', '1970-01-02T00:00:00.000Z', true);
  assert.equal(mergeNewest(full, old).progress.answers.get('one')?.tries, 90);
});

/** An answer after these attempts, as it is kept: the list has let go of the oldest. */
function keptOf(attempts: readonly Attempt[]): Progress {
  const [seconds, grade] = attempts.at(-1) ?? [0, 1];
  return withAnswer(EMPTY, 'one', {
    ...{ chosen: ['a'], right: grade > 1, seed: 1, at: new Date(seconds * 1000).toISOString() },
    tries: attempts.length,
    rights: attempts.filter((attempt) => attempt[1] > 1).length,
    log: attempts.slice(-LOG),
  });
}

const attemptsFrom = (start: number, length: number): Attempt[] =>
  Array.from({ length }, (_, n) => [start + n * 10, n % 3 === 0 ? 1 : 3]);

const scoresOf = ({ answers }: Progress) => {
  const { tries, rights } = answers.get('one') ?? {};
  return { tries, rights };
};

test('however many attempts there are, the list stays short and the scores count them all', () => {
  let log: readonly Attempt[] = [];
  const all = attemptsFrom(1_000_000, 5000);
  for (const attempt of all) log = withAttempt(log, attempt);
  assert.deepEqual(log, all.slice(-LOG));
  const text = serialize(keptOf(all));
  const read = parse(text, NOW);
  assert.ok(read.kind === 'ok');
  assert.deepEqual(scoresOf(read.progress), scoresOf(keptOf(all)));
  assert.ok(text.length < 1500, `${text.length} characters`);
});

test('a few newer attempts do not cost the many that an older, full list counts', () => {
  const full = keptOf(attemptsFrom(1_000_000, 90));
  const later = keptOf(attemptsFrom(2_000_000, 5));
  for (const { progress } of [mergeNewest(full, later), mergeNewest(later, full)])
    assert.deepEqual(scoresOf(progress), { tries: 95, rights: 60 + 3 });
});

test('two browsers that went on from the same document add up, with a full list too', () => {
  const shared = attemptsFrom(1_000_000, 80);
  const mine = keptOf([...shared, ...attemptsFrom(2_000_000, 4)]);
  const theirs = keptOf([...shared, ...attemptsFrom(2_000_005, 6)]);
  const { progress } = mergeNewest(mine, theirs);
  assert.equal(scoresOf(progress).tries, 90);
  assert.deepEqual(mergeNewest(progress, mine).progress, progress);
  assert.deepEqual(scoresOf(mergeNewest(theirs, mine).progress), scoresOf(progress));
});

test('a merge counts no attempt that was not made, and none of either side less', () => {
  for (const [own, other] of [0, 1, 5, 59, 60, 61, 130].flatMap((a) =>
    [0, 3, 60, 75].map((b) => [a + 1, b + 1] as const),
  )) {
    const shared = attemptsFrom(1_000_000, own);
    const [mine, theirs] = [
      [...shared, ...attemptsFrom(3_000_000, other)],
      [...shared, ...attemptsFrom(2_000_003, own)],
    ];
    const truth = new Set([...mine, ...theirs].map(String)).size;
    const one = keptOf(mine);
    const two = keptOf(theirs);
    const { progress } = mergeNewest(one, two);
    const { tries = 0, rights = 0 } = scoresOf(progress);
    const label = `${own} and ${other}`;
    assert.ok(tries <= truth && tries >= Math.max(mine.length, theirs.length), label);
    assert.ok(rights <= tries, label);
    assert.deepEqual(mergeNewest(progress, one).progress, progress, label);
    assert.deepEqual(mergeNewest(progress, two).progress, progress, label);
    if (mine.length <= LOG && theirs.length <= LOG) assert.equal(tries, truth, label);
  }
});

test('two attempts of one second are two, on either side of a merge', () => {
  const twice = keptOf([
    [1_000_000, 3],
    [1_000_000, 3],
  ]);
  const once = keptOf([[1_000_000, 3]]);
  for (const { progress } of [mergeNewest(twice, once), mergeNewest(once, twice)])
    assert.deepEqual(scoresOf(progress), { tries: 2, rights: 2 });
});
