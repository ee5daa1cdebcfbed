import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceNote, judge, verdictOf } from '../../site/quiz/judge.ts';
import type { SpotQuestion } from '../../site/quiz/schema.ts';
import { spotLines } from '../../site/quiz/spot.ts';

test('an answer is right when it holds all right options and no other', () => {
  assert.equal(judge(['a', 'b'], ['b', 'a']).right, true);
  assert.equal(judge(['a'], ['a', 'b']).right, false);
  assert.equal(judge(['a', 'b', 'c'], ['a', 'b']).right, false);
});

test('a verdict says how much of a choice was right', () => {
  assert.equal(verdictOf(judge(['a'], ['a'])), 'Right.');
  assert.equal(verdictOf(judge(['b'], ['a'])), 'Not right.');
  assert.equal(
    verdictOf(judge(['a', 'c'], ['a', 'b'])),
    'Not right yet: 1 of 2 found, 1 chosen wrongly.',
  );
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
