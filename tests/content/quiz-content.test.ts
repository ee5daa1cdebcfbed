// The questions of the course, held against the rules that quiz-bank.test.ts tries on bad examples.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readProofs } from '../../site/proofs.ts';
import { allQuestions } from './bank.ts';
import {
  alike,
  registerProblems,
  sourceProblems,
  toldByLength,
  toldByPlace,
  tooFew,
  tooLong,
} from './bank-rules.ts';

const questions = allQuestions();
const choices = questions.flatMap((question) => ('options' in question ? [question] : []));
// Of several right ones the shortest is often right by chance; so there only the longest is looked at.
const single = choices.filter(({ kind }) => kind !== 'multiple');

test('there are enough questions, and enough of each kind that takes more than a choice', () => {
  assert.deepEqual(tooFew(questions), []);
});

test('each question rests on a test that is there, or on a standard or a manual', () => {
  const titles = new Set(readProofs(process.cwd()).keys());
  assert.deepEqual(
    questions.flatMap((question) => sourceProblems(question, titles)),
    [],
  );
});

test('every id of a question is in the register, once, and none has left it', () => {
  const ids = questions.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(registerProblems(ids, readFileSync('content/quizzes/ids.txt', 'utf8')), []);
});

test('no text of a question is longer than one reads at a glance', () => {
  assert.deepEqual(questions.flatMap(tooLong), []);
});

test('no two options, steps or rubric lines of a question say the same', () => {
  assert.deepEqual(questions.flatMap(alike), []);
});

for (const [name, extreme, some] of [
  ['longest', Math.max, choices],
  ['shortest', Math.min, single],
] as const) {
  test(`the ${name} option of a question is the right one in no more than a third of them`, () => {
    const told = toldByLength(some, extreme);
    assert.ok(
      told.length <= some.length / 3,
      `${told.length} of ${some.length}: ${told.join(', ')}`,
    );
  });
}

test('no place among the options is right in more than four of ten questions', () => {
  assert.deepEqual(toldByPlace(choices), []);
});
