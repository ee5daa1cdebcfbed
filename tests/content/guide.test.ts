// The guide: its rules are for every reader, and its words for every rule.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advice } from '../../site/guide/advice.ts';
import {
  allAnswers,
  decide,
  fits,
  fromHash,
  type Given,
  questionNames,
  questions,
  rules,
  toHash,
} from '../../site/guide/guide.ts';
import { asked, noteWords } from '../../site/guide/words.ts';

const say = (answers: Given) => JSON.stringify(answers);

/** Every way to have answered some of the questions, or none, or all: 3⁵ of them. */
const allGiven = questionNames.reduce<Given[]>(
  (all, name) =>
    all.flatMap((some) => [some, ...questions[name].map((value) => ({ ...some, [name]: value }))]),
  [{}],
);

test('every combination of answers gives one answer, with reasons and something to do', () => {
  assert.equal(allAnswers.length, 32);
  for (const answers of allAnswers) {
    const fitting = Object.values(rules).filter((when) => fits(when, answers));
    assert.equal(fitting.length, 1, `${fitting.length} rules fit ${say(answers)}`);
    const { outcome, open } = decide(answers);
    assert.deepEqual(open, [], say(answers));
    assert.ok(outcome, say(answers));
    assert.ok(advice[outcome.rule].because.length >= 2, outcome.rule);
    assert.ok(advice[outcome.rule].actions.length >= 2, outcome.rule);
    assert.ok(outcome.notes.includes('always'), say(answers));
    for (const note of outcome.notes) assert.ok(noteWords[note].actions.text, note);
  }
});

test('every answer of the guide is the answer to some combination', () => {
  const given = new Set(allAnswers.map((answers) => decide(answers).outcome?.rule));
  assert.deepEqual([...given].sort(), Object.keys(rules).sort());
  assert.deepEqual(Object.keys(advice).sort(), Object.keys(rules).sort());
});

test('a cookie is advised where pages of the own site alone connect, and nowhere else', () => {
  for (const answers of allAnswers) {
    const { carrier } = advice[decide(answers).outcome?.rule ?? 'cookie'];
    const byBrowser = answers.clients === 'pages' && answers.site === 'same';
    assert.equal(['cookie', 'session'].includes(carrier), byBrowser, say(answers));
  }
});

test('a logout at once always comes with a store that all nodes ask', () => {
  for (const answers of allAnswers.filter(({ logout }) => logout === 'now')) {
    const { outcome } = decide(answers);
    const stored = outcome?.rule.startsWith('session') || outcome?.notes.includes('token-now');
    assert.ok(stored, say(answers));
  }
});

test('a question that makes no difference never changes the answer, and the answer waits for every other', () => {
  for (const given of allGiven) {
    const { idle, open, outcome } = decide(given);
    for (const name of idle) {
      for (const value of questions[name]) {
        assert.deepEqual(decide({ ...given, [name]: value }).outcome, outcome, say(given));
      }
    }
    const left = questionNames.filter((name) => given[name] === undefined && !idle.includes(name));
    assert.deepEqual(open, left, say(given));
    assert.equal(outcome === undefined, open.length > 0, say(given));
  }
});

test('the address keeps the answers that matter, and gives the same answer back', () => {
  for (const given of allGiven) {
    const again = fromHash(toHash(given));
    assert.deepEqual(decide(again).outcome, decide(given).outcome, say(given));
    assert.deepEqual(decide(again).open, decide(given).open, say(given));
  }
  assert.equal(toHash({}), '');
  assert.deepEqual(fromHash('#carrier=pages+nonsense+__proto__+url'), {
    clients: 'pages',
    sets: 'url',
  });
  assert.deepEqual(fromHash('#some-heading'), {});
});

test('each value of the guide belongs to one question, and has its words', () => {
  const values = questionNames.flatMap((name) => questions[name] as readonly string[]);
  assert.equal(new Set(values).size, values.length);
  for (const name of questionNames) {
    assert.deepEqual(Object.keys(asked[name].answers), [...questions[name]]);
  }
});
