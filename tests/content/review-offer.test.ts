import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY, type Progress, withAnswer, withLesson } from '../../site/progress/document.ts';
import { type LessonQuestions, newQuestions } from '../../site/review/offer.ts';
import { planAt } from '../../site/review/schedule.ts';
import { countWords, endWords, laterWords, offerWords } from '../../site/review/words.ts';

const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).getTime();
const NOW = at(20);
const lessons: LessonQuestions[] = [
  { lesson: 'one', shown: ['one-a'], bank: ['one-b', 'one-c', 'one-d', 'one-e'] },
  { lesson: 'two', shown: ['two-a'], bank: ['two-b', 'two-c', 'two-d'] },
  { lesson: 'three', shown: ['three-a'], bank: ['three-b'] },
];

function answered(progress: Progress, id: string, ...times: number[]): Progress {
  const log = times.map((time) => [Math.floor(time / 1000), 3] as const);
  return withAnswer(progress, id, {
    ...{ chosen: ['a'], right: true, tries: log.length, rights: log.length, seed: 1, log },
    at: new Date(times.at(-1) ?? 0).toISOString(),
  });
}

const done = (progress: Progress, id: string, is = true) =>
  withLesson(progress, id, { done: is, at: new Date(NOW).toISOString() });

test('a reader who knows no lesson is offered nothing', () => {
  assert.deepEqual(newQuestions(lessons, EMPTY, NOW), []);
  assert.deepEqual(newQuestions(lessons, done(EMPTY, 'one', false), NOW), []);
});

test('new questions come from lessons that are answered or finished, in turns, at most five', () => {
  const progress = done(answered(EMPTY, 'one-a', at(20)), 'two');
  assert.deepEqual(newQuestions(lessons, progress, NOW), [
    ...['one-b', 'two-b', 'one-c', 'two-c', 'one-d'],
  ]);
  assert.deepEqual(newQuestions(lessons, done(EMPTY, 'three'), NOW), ['three-b']);
});

test('what was new today counts, what was new before or was asked in a lesson does not', () => {
  let progress = done(answered(EMPTY, 'one-a', at(20)), 'two');
  progress = answered(progress, 'one-b', at(20, 8));
  progress = answered(progress, 'two-b', at(18), at(20));
  assert.equal(newQuestions(lessons, progress, NOW).length, 4);
  for (const id of ['one-c', 'one-d', 'one-e', 'two-c'])
    progress = answered(progress, id, at(20, 9));
  assert.deepEqual(newQuestions(lessons, progress, NOW), []);
  assert.deepEqual(newQuestions(lessons, progress, at(21)), ['two-d']);
});

test('the review says what is left, what was done, and when it goes on', () => {
  const { answers } = answered(EMPTY, 'one-a', at(20));
  const today = planAt(answers, new Set(['one-a']), NOW);
  assert.equal(countWords(today, 0), '1 answered today, 1 right.');
  assert.equal(endWords(today, NOW), 'Next on Nov 22: 1 question.');
  const due = planAt(answers, new Set(['one-a']), at(22));
  assert.equal(countWords(due, 2), '1 due, 2 new.');
  const none = planAt(new Map(), new Set(), NOW);
  assert.equal(countWords(none, 0), '');
  assert.match(endWords(none, NOW), /comes back here/);
  assert.match(laterWords(20_000, true, NOW), /today, after the others/);
  assert.equal(offerWords(1).button, 'Take a new question');
  assert.equal(offerWords(5).button, 'Take 5 new questions');
});
