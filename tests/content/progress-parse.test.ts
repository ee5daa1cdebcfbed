import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Answer,
  EMPTY,
  serialize,
  VERSION,
  withAnswer,
  withLesson,
} from '../../site/progress/document.ts';
import { parse } from '../../site/progress/parse.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const at = '2026-11-19T08:00:00.000Z';
const answer: Answer = {
  ...{ chosen: ['any-client'], right: true, tries: 2, rights: 1, at, seed: 7 },
  log: [
    [1795075100, 1],
    [1795075200, 3],
  ],
};

const document = (parts: object) =>
  JSON.stringify({ version: VERSION, lessons: {}, answers: {}, ...parts });

function keptFrom(text: string) {
  const parsed = parse(text, NOW);
  assert.equal(parsed.kind, 'ok');
  return parsed.kind === 'ok' ? parsed : assert.fail();
}

test('progress survives being written and read', () => {
  const progress = withAnswer(
    withLesson(EMPTY, 'start', { done: true, at }),
    'open-feed-reader',
    answer,
  );
  assert.deepEqual(parse(serialize(progress), NOW), { kind: 'ok', progress, dropped: 0 });
});

test('a change of progress leaves the old one as it was', () => {
  withAnswer(withLesson(EMPTY, 'start', { done: true, at }), 'open-feed-reader', answer);
  assert.equal(EMPTY.lessons.size + EMPTY.answers.size, 0);
});

test('stored text that is no progress is told from progress, with a reason', () => {
  const cases: [string, string][] = [
    ['{oops', 'it is not valid JSON'],
    ['', 'it is not valid JSON'],
    ['[]', 'it is not a progress document'],
    ['null', 'it is not a progress document'],
    ['{}', 'it names no version'],
    ['{"version":"1"}', 'it names no version'],
    ['{"version":0}', 'it names no version'],
    ['{"version":1}', 'it holds no lessons or no answers'],
    ['{"version":1,"lessons":[],"answers":{}}', 'it holds no lessons or no answers'],
  ];
  for (const [text, reason] of cases)
    assert.deepEqual(parse(text, NOW), { kind: 'corrupt', reason }, text);
});

test('progress of a newer version is known as such, whatever it holds', () => {
  const text = `{"version":${VERSION + 1},"all":"new"}`;
  assert.deepEqual(parse(text, NOW), { kind: 'future', version: VERSION + 1 });
});

test('an entry of a wrong type is left out and counted, and the others stay', () => {
  const bad = [
    null,
    'right',
    { ...answer, chosen: 'any-client' },
    { ...answer, chosen: ['<img src=x>'] },
    { ...answer, chosen: Array(1000).fill('a') },
    { ...answer, right: 'yes' },
    { ...answer, tries: -1 },
    { ...answer, tries: 1.5 },
    { ...answer, at: 'yesterday' },
    { ...answer, at: 5 },
  ];
  const answers = Object.fromEntries(bad.map((entry, index) => [`bad-${index}`, entry]));
  const { progress, dropped } = keptFrom(document({ answers: { ...answers, good: answer } }));
  assert.deepEqual([...progress.answers], [['good', answer]]);
  assert.equal(dropped, bad.length);
});

test('a hostile id reaches no prototype', () => {
  const entry = JSON.stringify(answer);
  const ids = ['__proto__', 'constructor', 'a b', 'x'.repeat(81), ''];
  const text = `{"version":1,"lessons":{"__proto__":{"done":true,"at":"${at}"}},"answers":{${ids
    .map((id) => `"${id}":${entry}`)
    .join(',')}}}`;
  const { progress, dropped } = keptFrom(text);
  assert.deepEqual([...progress.answers.keys()], ['constructor']);
  assert.equal(dropped, 5);
  assert.equal(Reflect.get({}, 'done'), undefined);
  assert.equal(Object.getPrototypeOf(JSON.parse(serialize(progress)).answers), Object.prototype);
});

test('an entry from the future counts as made now, so that it cannot win for ever', () => {
  const text = document({ lessons: { start: { done: true, at: '9999-01-01T00:00:00.000Z' } } });
  assert.equal(keptFrom(text).progress.lessons.get('start')?.at, new Date(NOW).toISOString());
});

test('unknown keys of an entry are not kept', () => {
  const { progress } = keptFrom(document({ answers: { good: { ...answer, admin: true } } }));
  assert.deepEqual(progress.answers.get('good'), answer);
});
