// Each rule for the questions of the course fails on a bad example.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Question } from '../../site/quiz/schema.ts';
import {
  alike,
  registerProblems,
  sourceProblems,
  toldByLength,
  toldByPlace,
  tooFew,
  tooLong,
} from './bank-rules.ts';

const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
const base = { id: 'q', level: 'mid', section: 's', prompt: 'Why?' } as const;
const options = [
  { id: 'a', text: 'One', right: true as const, why: 'W' },
  { id: 'b', text: 'Two', why: 'W' },
  { id: 'c', text: 'Three', why: 'W' },
];
const single: Question = { ...base, kind: 'single', options };
const open: Question = {
  ...{ ...base, kind: 'open', answer: 'A', followUps: ['F'] },
  rubric: ['a', 'b'].map((id) => ({ id, text: id })),
};
const order: Question = {
  ...{ ...base, kind: 'order' },
  steps: ['a', 'b', 'c'].map((id) => ({ id, text: id, why: 'W' })),
};
const spot: Question = {
  ...{ ...base, kind: 'spot', file: 'f', region: 'r' },
  lines: [{ id: 'a', text: 'io', right: true, why: 'W' }],
};

test('a bank without enough questions of a kind is told so', () => {
  assert.deepEqual(tooFew([single, open]), [
    'all: 2 questions, at least 150 are wanted',
    'open: 1 questions, at least 25 are wanted',
    'predict: 0 questions, at least 20 are wanted',
    'spot: 0 questions, at least 20 are wanted',
    'order: 0 questions, at least 10 are wanted',
  ]);
  const enough = ['open', 'predict', 'spot', 'order'] as const;
  assert.deepEqual(
    tooFew(enough.flatMap((kind) => Array.from({ length: 40 }, () => ({ kind })))),
    [],
  );
});

test('a question without a source, or with a test that is gone, is named', () => {
  const titles = new Set(['it holds']);
  const doc = { doc: 'RFC 7519', url: 'https://www.rfc-editor.org/rfc/rfc7519' };
  const predict: Question = { ...base, kind: 'predict', test: 'it is gone', options };
  assert.deepEqual(sourceProblems(single, titles), ['q: has no source']);
  assert.deepEqual(sourceProblems({ ...single, sources: [doc] }, titles), []);
  assert.deepEqual(sourceProblems({ ...single, sources: [doc, { test: 'no' }] }, titles), [
    'q: there is no test "no"',
  ]);
  assert.deepEqual(sourceProblems({ ...predict, sources: [doc] }, titles), [
    'q: there is no test "it is gone"',
  ]);
  assert.deepEqual(sourceProblems({ ...predict, test: 'it holds' }, titles), []);
});

const swapped = (change: object) =>
  options.map((option, at) => (at ? option : { ...option, ...change }));

const long: [string, Question, string][] = [
  ['a prompt', { ...single, prompt: words(61) }, 'q, prompt: 61 words, at most 60'],
  [
    'option',
    { ...single, options: swapped({ text: words(31) }) },
    'q, option a: 31 words, at most 30',
  ],
  [
    'reason',
    { ...single, options: swapped({ why: words(46) }) },
    'q, why of a: 46 words, at most 45',
  ],
  ['an explanation', { ...single, explain: words(61) }, 'q, explain: 61 words, at most 60'],
  ['a model answer', { ...open, answer: words(141) }, 'q, answer: 141 words, at most 140'],
  ['a reason of a line', { ...spot, others: words(46) }, 'q, others: 46 words, at most 45'],
  [
    'a step',
    { ...order, steps: [{ id: 'a', text: words(31), why: 'W' }] },
    'q, option a: 31 words, at most 30',
  ],
];
for (const [name, question, problem] of long) {
  test(`of a question, ${name} that is too long is named`, () => {
    assert.deepEqual(tooLong(question), [problem]);
  });
}

test('texts as long as they may be pass', () => {
  const full = swapped({ text: words(30), why: words(45) });
  assert.deepEqual(
    tooLong({ ...single, prompt: words(60), explain: words(60), options: full }),
    [],
  );
  assert.deepEqual(tooLong({ ...open, answer: words(140) }), []);
});

test('options that differ in case and signs alone say the same', () => {
  assert.deepEqual(alike({ ...single, options: swapped({ text: '`Two`.' }) }), [
    'q: a and b say the same',
  ]);
  assert.deepEqual(alike({ ...open, rubric: ['a', 'b'].map((id) => ({ id, text: 'Says it' })) }), [
    'q: a and b say the same',
  ]);
  assert.deepEqual(
    alike({
      ...order,
      steps: ['a', 'b', 'c'].map((id) => ({ id, text: id === 'c' ? 'A' : id, why: 'W' })),
    }),
    ['q: a and c say the same'],
  );
  assert.deepEqual(alike(single), []);
});

test('an id that the register lacks, lost, retired or has twice is named, with what to do', () => {
  const register = (count: number, ...lines: string[]) =>
    [`# ${count} ids.`, ...lines, ''].join('\n');
  assert.deepEqual(registerProblems(['a', 'b'], register(3, 'a', 'old retired', 'b')), []);
  assert.deepEqual(registerProblems(['a', 'b'], register(1, 'a')), [
    'b: not in content/quizzes/ids.txt; add it there as the last line, and count it in the first',
  ]);
  assert.deepEqual(registerProblems(['a'], register(2, 'a', 'b')), [
    'b: no question has it any more; write "b retired" in content/quizzes/ids.txt',
  ]);
  assert.deepEqual(registerProblems(['a'], register(1, 'a retired')), [
    'a: was retired; a question gets an id that never was',
  ]);
  assert.deepEqual(registerProblems(['a'], register(2, 'a', 'a')), [
    'a: stands twice in content/quizzes/ids.txt',
  ]);
  assert.deepEqual(registerProblems(['a'], register(2, 'a')), [
    'content/quizzes/ids.txt says 2 ids and holds 1; no id ever leaves it',
  ]);
});

test('a right option that its length tells is found, and one of two equals is not', () => {
  assert.deepEqual(toldByLength([single], Math.max), []);
  const telling = { ...single, options: swapped({ text: 'The longest of the three' }) };
  assert.deepEqual(toldByLength([telling], Math.max), ['q']);
  assert.deepEqual(toldByLength([{ ...single, options: swapped({ text: '1' }) }], Math.min), ['q']);
  assert.deepEqual(toldByLength([single], Math.min), []);
});

test('a place that is right too often is found', () => {
  assert.deepEqual(toldByPlace([single, single]), ['place 1: 2 of 2']);
  const [a, b, c] = options;
  assert.ok(a && b && c);
  const places = [
    [a, b, c],
    [b, a, c],
    [b, c, a],
  ].map((list) => ({ ...single, options: list }));
  assert.deepEqual(toldByPlace(places), []);
});
