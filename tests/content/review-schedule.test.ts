import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmptyCard, fsrs } from 'ts-fsrs';
import type { Answer, Attempt, Grade } from '../../site/progress/document.ts';
import { dayName, dayOf, entryOf, planAt, replay, sitting } from '../../site/review/schedule.ts';

const DAY = 86_400_000;
/** A time of November 2026 by the clock here. */
const at = (day: number, hour = 12, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

function answer(...attempts: [time: number, grade: Grade][]): Answer {
  const log = attempts.map(([time, grade]): Attempt => [Math.floor(time / 1000), grade]);
  const last = attempts.at(-1);
  assert(last);
  const rights = log.filter(([, grade]) => grade > 1).length;
  return {
    ...{ chosen: ['a'], right: last[1] > 1, tries: log.length, rights, seed: 1, log },
    at: new Date(last[0]).toISOString(),
  };
}

/** Days from the last attempt until the question is due. */
function days(...attempts: [time: number, grade: Grade][]): number {
  const last = attempts.at(-1);
  assert(last);
  return entryOf('one', answer(...attempts)).day - dayOf(last[0]);
}

test('wrong is due at once, unsure tomorrow, right in two days, and right again much later', () => {
  assert.equal(days([at(1), 1]), 0);
  assert.equal(days([at(1), 2]), 1);
  assert.equal(days([at(1), 3]), 2);
  const second = days([at(1), 3], [at(3), 3]);
  assert.ok(second > 5, `${second} days`);
  assert.ok(days([at(1), 3], [at(3), 2]) < second);
  assert.ok(days([at(1), 3], [at(3), 3], [at(3 + second), 3]) > 2 * second);
});

test('a wrong answer stays due until it is right, and then comes sooner than it would have', () => {
  const before: [number, Grade][] = [
    [at(1), 3],
    [at(3), 3],
  ];
  assert.equal(days(...before, [at(14), 1]), 0);
  assert.ok(days(...before, [at(14), 1], [at(14, 13), 3]) < days(...before, [at(14), 3]));
});

test('no question stays away for more than a year', () => {
  const log = Array.from({ length: 30 }, (_, n): [number, Grade] => [at(1) + n * 300 * DAY, 3]);
  assert.equal(days(...log), 365);
});

test('a day is a day of the calendar: what was answered last night is due in the morning', () => {
  const answers = new Map([['one', answer([at(20, 23, 50), 2])]]);
  const known = new Set(['one']);
  assert.equal(planAt(answers, known, at(20, 23, 59)).due.length, 0);
  assert.equal(planAt(answers, known, at(21, 0, 1)).due.length, 1);
});

test('a replay ends on the card that FSRS has when it is asked attempt by attempt', () => {
  const plain = fsrs({ enable_fuzz: false, learning_steps: [], relearning_steps: [] });
  for (let n = 1; n <= 200; n += 1) {
    const log: Attempt[] = Array.from({ length: 1 + (n % 12) }, (_, k) => [
      Math.floor(at(1) / 1000) + k * ((n * 7919) % 90) * 3600,
      (1 + ((n * 31 + k * n) % 3)) as Grade,
    ]);
    let card = createEmptyCard(new Date(0));
    for (const [seconds, grade] of log)
      card = plain.next(card, new Date(dayOf(seconds * 1000) * DAY), grade).card;
    const { due, stability, difficulty } = replay(log);
    const found = [due.getTime(), stability, difficulty];
    assert.deepEqual(found, [card.due.getTime(), card.stability, card.difficulty], `log ${n}`);
    assert.deepEqual(replay(log), replay(log));
  }
});

test('a clock that was set back, and a log that was lost, still give a day', () => {
  assert.equal(days([at(9), 3], [at(5), 3]) > 0, true);
  assert.equal(entryOf('one', { ...answer([at(9), 3]), log: [] }).day, dayOf(at(11)));
  assert.equal(entryOf('one', { ...answer([at(9), 1]), log: [] }).day, dayOf(at(9)));
});

test('a plan says what is due, what comes next and what was done today', () => {
  const answers = new Map([
    ['later', answer([at(19), 3])],
    ['also-later', answer([at(18), 1], [at(20, 9), 1], [at(20, 10), 2])],
    ['over', answer([at(10), 3])],
    ['wrong', answer([at(20, 8), 1])],
    ['gone', answer([at(1), 1], [at(20), 1])],
  ]);
  const known = new Set(['later', 'also-later', 'over', 'wrong', 'never-answered']);
  const { due, next, today } = planAt(answers, known, at(20));
  assert.deepEqual(
    due.map(({ id }) => id),
    ['over', 'wrong'],
  );
  assert.deepEqual(next, { day: dayOf(at(21)), count: 2 });
  assert.deepEqual(today, { answered: 3, right: 1 });
  assert.deepEqual(planAt(new Map(), known, at(20)).next, undefined);
});

test('in a sitting what went wrong today comes last, in the order in which it went wrong', () => {
  const answers = new Map([
    ['second', answer([at(20, 9), 1])],
    ['first', answer([at(20, 8), 1])],
    ['yesterday', answer([at(19), 1])],
    ['over', answer([at(10), 3])],
  ]);
  const plan = planAt(answers, new Set(answers.keys()), at(20));
  assert.deepEqual(sitting(plan, ['new'], at(20)), ['over', 'yesterday', 'new', 'first', 'second']);
});

test('a day is named as a reader writes it, with its year when that is another one', () => {
  assert.equal(dayName(dayOf(at(24)), at(20)), 'Nov 24');
  assert.equal(dayName(dayOf(at(24 + 60)), at(20)), 'Jan 23, 2027');
});
