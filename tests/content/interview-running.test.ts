import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  counted,
  parse,
  type Running,
  serialize,
  wasAway,
  without,
} from '../../site/interview/running.ts';

const running: Running = {
  ...{ level: 'mid', minutes: 20, topics: ['start'], seed: 7, seconds: 62, at: 1_795_168_862_000 },
  questions: ['a', 'b', 'c'],
  results: [['a', 3]],
  draft: { id: 'b', chosen: ['x', 'y'], unsure: true, hints: 1, shown: false },
  texts: { b: 'what I wrote' },
};

test('a running interview comes back as it was', () => {
  assert.deepEqual(parse(serialize(running)), { kind: 'ok', running });
  const { draft, ...bare } = running;
  assert.ok(draft);
  assert.deepEqual(parse(serialize(bare)), { kind: 'ok', running: bare });
});

test('one of a newer version is told from one that cannot be read', () => {
  assert.deepEqual(parse('{"version":2,"anything":1}'), { kind: 'future' });
  for (const text of ['', '{oops', 'null', '[]', '7', '{}', '{"version":0}', '{"version":"1"}'])
    assert.deepEqual(parse(text), { kind: 'corrupt' }, text);
});

const edits: [string, unknown][] = [
  ['level', 'king'],
  ['level', 'toString'],
  ['minutes', 11],
  ['minutes', '20'],
  ['topics', 'start'],
  ['seed', -1],
  ['seed', 2 ** 32],
  ['questions', []],
  ['questions', ['a', 'a']],
  ['questions', ['<script>']],
  ['questions', Array.from({ length: 61 }, (_, n) => `q-${n}`)],
  ['results', [['b', 3]]],
  ['results', [['a', 4]]],
  ['results', [['a', '3']]],
  ['results', ['a']],
  ['seconds', -1],
  ['seconds', 1.5],
  ['at', 'today'],
  ['draft', 'a'],
  ['draft', null],
  ['draft', { ...running.draft, chosen: [{}] }],
  ['draft', { ...running.draft, shown: 'yes' }],
  ['texts', { other: 'text' }],
  ['texts', { b: 1 }],
  ['texts', []],
];
test('one that was edited by hand is refused wherever it does not fit', () => {
  for (const [name, value] of edits) {
    const text = JSON.stringify({ version: 1, ...running, [name]: value });
    assert.deepEqual(parse(text), { kind: 'corrupt' }, `${name}: ${JSON.stringify(value)}`);
  }
  const polluted = serialize(running).replace('"b":"what', '"__proto__":"what');
  assert.deepEqual(parse(polluted), { kind: 'corrupt' });
});

test('time counts in whole seconds, and none is lost between two counts', () => {
  let one = running;
  for (let n = 1; n <= 10; n += 1) one = counted(one, running.at + n * 700);
  assert.equal(one.seconds, 69);
  assert.equal(one.at, running.at + 7000);
});

test('time spent away, or a clock set back, does not count', () => {
  const minute = running.at + 60_000;
  assert.equal(counted(running, minute).seconds, 122);
  assert.equal(wasAway(running, minute), false);
  const day = running.at + 86_400_000;
  assert.deepEqual(counted(running, day), { ...running, at: day });
  assert.equal(wasAway(running, day), true);
  assert.equal(counted(running, running.at - 5000).seconds, 62);
});

test('a question that has left the course is taken out, its result stays', () => {
  const { running: left, gone } = without(running, (id) => id === 'c');
  assert.deepEqual(left.questions, ['a', 'c']);
  assert.equal(gone, 1);
  assert.deepEqual(left.results, running.results);
});
