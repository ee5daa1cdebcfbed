import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  choiceNote,
  gradeOf,
  judgeChoice,
  judgeOrder,
  judgeRubric,
  stepNote,
} from '../../site/quiz/judge.ts';
import type { SpotQuestion } from '../../site/quiz/schema.ts';
import { displaced, shuffled } from '../../site/quiz/shuffle.ts';
import { spotLines } from '../../site/quiz/spot.ts';

test('an answer is right when it holds all right options and no other', () => {
  assert.equal(judgeChoice(['a', 'b'], ['b', 'a']).right, true);
  assert.equal(judgeChoice(['a'], ['a', 'b']).right, false);
  assert.equal(judgeChoice(['a', 'b', 'c'], ['a', 'b']).right, false);
});

test('a verdict says how much of an answer was right', () => {
  assert.equal(judgeChoice(['a'], ['a']).words, 'Right.');
  assert.equal(judgeChoice(['b'], ['a']).words, 'Not right.');
  assert.equal(
    judgeChoice(['a', 'c'], ['a', 'b']).words,
    'Not right yet: 1 of 2 found, 1 chosen wrongly.',
  );
  assert.equal(judgeOrder(['a', 'b', 'c'], ['a', 'b', 'c']).words, 'Right.');
  assert.equal(
    judgeOrder(['b', 'a', 'c'], ['a', 'b', 'c']).words,
    'Not right yet: 1 of 3 stand in their place.',
  );
});

test('a rubric is passed with half of it', () => {
  assert.deepEqual(judgeRubric(2, 4), { right: true, words: 'You covered 2 of 4.' });
  assert.equal(judgeRubric(1, 4).right, false);
  assert.equal(judgeRubric(2, 5).right, false);
});

test('a right answer with a hint or a doubt counts as a hard one', () => {
  assert.equal(gradeOf(judgeChoice(['a'], ['a']), false), 3);
  assert.equal(gradeOf(judgeChoice(['a'], ['a']), true), 2);
  assert.equal(gradeOf(judgeChoice(['b'], ['a']), true), 1);
});

test('a step says where it belongs', () => {
  assert.equal(stepNote(2, 2), 'Number 2');
  assert.equal(stepNote(1, 3), 'Belongs at number 3');
});

test('a seed gives one order, and every order comes up about as often', () => {
  const list = ['a', 'b', 'c'];
  assert.deepEqual(shuffled(list, 5), shuffled(list, 5));
  const often = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed += 1) {
    const order = shuffled(list, Math.imul(seed, 2654435761) >>> 0).join('');
    often.set(order, (often.get(order) ?? 0) + 1);
  }
  assert.equal(often.size, 6);
  for (const [order, count] of often) assert.ok(count > 800 && count < 1200, `${order}: ${count}`);
});

test('steps never begin in their right order', () => {
  for (let seed = 0; seed < 500; seed += 1)
    assert.notDeepEqual(displaced(['a', 'b', 'c'], seed), ['a', 'b', 'c']);
});

test('a missed option is named only where several were to be found', () => {
  assert.equal(choiceNote(true, false, false), 'your choice');
  assert.equal(choiceNote(false, true, true), 'you left it out');
  assert.equal(choiceNote(false, true, false), '');
});

test('a line keeps its id when lines above it change', () => {
  const question: SpotQuestion = {
    id: 'q',
    kind: 'spot',
    level: 'mid',
    section: 's',
    prompt: 'p',
    file: 'f',
    region: 'r',
    lines: [{ id: 'the-one', text: 'io.use', right: true, why: 'w' }],
  };
  const before = spotLines(question, {
    firstLine: 5,
    lines: ['  io.use(check);', 'next();', '});'],
  });
  const after = spotLines(question, {
    firstLine: 9,
    lines: ['// new', 'io.use(check);', 'next();'],
  });
  assert.deepEqual(
    before.map((line) => [line.number, line.indent, line.code]),
    [
      [5, 2, 'io.use(check);'],
      [6, 0, 'next();'],
      [7, 0, '});'],
    ],
  );
  assert.equal(before[0]?.id, 'the-one');
  assert.equal(before[2]?.id, undefined);
  assert.equal(before[1]?.id, after[2]?.id);
});
