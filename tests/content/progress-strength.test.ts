import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { answerDays, dayNumber, daysWords, runOf } from '../../site/progress/days.ts';
import { EMPTY, type Grade, type Progress, withAnswer } from '../../site/progress/document.ts';
import { countsOf, strengthOf } from '../../site/progress/strength.ts';

const at = '2026-11-19T08:00:00.000Z';

/** Questions 0, 1, 2 …, each with these grades in the order of their time. */
function gradesOf(...all: Grade[][]): Progress {
  return all.reduce((progress, grades, id) => {
    const rights = grades.filter((grade) => grade > 1).length;
    return withAnswer(progress, `${id}`, {
      ...{ chosen: [], right: grades.at(-1) !== 1, tries: grades.length, rights, at, seed: 0 },
      log: grades.map((grade, n) => [1000 + n, grade]),
    });
  }, EMPTY);
}

const of = (...all: Grade[][]) => strengthOf(gradesOf(...all), ['0', '1', '2', '3', '4', '5']);

test('under three answers nothing is said of a topic', () => {
  assert.deepEqual(
    [of().words, of([3], [3]).words],
    ['too few answers yet', 'too few answers yet'],
  );
  assert.equal(of([3], [3]).share, undefined);
  assert.equal(countsOf(of([3], [3])), '');
  assert.equal(of([3], [3], [3]).words, 'strong');
});

test('a topic is judged by the last attempt at each question', () => {
  assert.equal(of([1, 1, 3], [1, 3], [3]).words, 'strong');
  assert.equal(of([3, 3, 1], [3, 1], [3, 1]).words, 'weak');
});

test('an answer with doubt counts half, and is told apart', () => {
  const strength = of([3], [2], [2], [1]);
  assert.equal(strength.share, 0.5);
  assert.equal(strength.words, 'fair');
  assert.equal(countsOf(strength), '1 right, 2 with doubt, 1 wrong');
  assert.equal(countsOf(of([3], [3], [3])), '3 right, 0 wrong');
});

test('only the questions of the topic count', () => {
  assert.equal(strengthOf(gradesOf([3], [3], [3], [1]), ['3']).answered, 1);
});

test('an answer without a list of attempts counts as right or wrong', () => {
  const bare = { chosen: [], tries: 1, at, seed: 0, log: [] };
  let progress = withAnswer(EMPTY, '0', { ...bare, right: true, rights: 1 });
  progress = withAnswer(progress, '1', { ...bare, right: false, rights: 0 });
  const { right, wrong } = strengthOf(progress, ['0', '1']);
  assert.deepEqual([right, wrong], [1, 1]);
});

test('a row of days ends today, or yesterday, for today is not over', () => {
  assert.equal(runOf(new Set([8, 9, 10]), 10), 3);
  assert.equal(runOf(new Set([8, 9]), 10), 2);
  assert.equal(runOf(new Set([7, 8]), 10), 0);
  assert.equal(runOf(new Set([6, 7, 9, 10]), 10), 2);
  assert.equal(runOf(new Set(), 10), 0);
});

/** One question, answered at these times of the reader's own clock. */
function answeredAt(...times: Date[]): Progress {
  const seconds = times.map((time) => Math.floor(time.getTime() / 1000));
  return withAnswer(EMPTY, 'one', {
    ...{ chosen: [], right: true, tries: times.length, rights: times.length, seed: 0 },
    at: (times.at(-1) ?? new Date(0)).toISOString(),
    log: seconds.map((each) => [each, 3]),
  });
}

test('the days are said in one plain sentence', () => {
  const day = (date: number, hour = 12) => new Date(2026, 10, date, hour);
  const words = (...times: Date[]) => daysWords(answeredAt(...times), day(20).getTime());
  assert.equal(daysWords(EMPTY, day(20).getTime()), '');
  assert.equal(words(day(3)), 'You answered on 1 day.');
  assert.equal(words(day(20, 1), day(20, 23)), 'You answered on 1 day.');
  assert.equal(words(day(3), day(5)), 'You answered on 2 days.');
  assert.equal(words(day(19), day(20)), 'You answered on 2 days in a row.');
  assert.equal(
    words(day(3), day(18), day(19)),
    'You answered on 3 days, the last 2 of them in a row.',
  );
});

test('days are those of the reader’s clock, and one of 23 or 25 hours is one day', () => {
  const before = process.env['TZ'];
  process.env['TZ'] = 'America/New_York';
  try {
    const evening = new Date('2026-11-01T03:30:00.000Z'); // still October 31 there
    assert.equal(dayNumber(evening.getTime()), Date.UTC(2026, 9, 31) / 86_400_000);
    const fall = [new Date(2026, 9, 31, 23), new Date(2026, 10, 1, 23), new Date(2026, 10, 2, 1)];
    const days = answerDays(answeredAt(...fall));
    assert.equal(runOf(days, dayNumber(fall.at(-1)?.getTime() ?? 0)), 3);
    const spring = [new Date(2026, 2, 7, 23), new Date(2026, 2, 8, 23), new Date(2026, 2, 9, 0)];
    assert.equal(answerDays(answeredAt(...spring)).size, 3);
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
});
