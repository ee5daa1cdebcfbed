// Progress that was edited by hand, or made to do harm: refused, or cleaned and counted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, EMPTY, LOG, VERSION } from '../../site/progress/document.ts';
import { readImport } from '../../site/progress/import.ts';
import { parse } from '../../site/progress/parse.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const at = '2026-11-19T08:00:00.000Z';
const good = {
  ...{ chosen: ['a'], right: true, tries: 3, rights: 2, at, seed: 7 },
  log: [
    [1795075100, 1],
    [1795075200, 2],
    [1795075300, 3],
  ] as unknown[],
};
const held = {
  ...{ at, level: 'mid', minutes: 20, seconds: 900, topics: ['start'] },
  results: [['one', 3]] as unknown[],
};

function read(parts: object) {
  const text = JSON.stringify({
    version: VERSION,
    lessons: {},
    answers: {},
    interviews: [],
    ...parts,
  });
  const parsed = parse(text, NOW);
  return parsed.kind === 'ok' ? parsed : assert.fail(parsed.kind);
}

function one(changes: object): { answer: Answer | undefined; dropped: number } {
  const { progress, dropped } = read({ answers: { one: { ...good, ...changes } } });
  return { answer: progress.answers.get('one'), dropped };
}

test('numbers that cannot be are refused: negative tries, more right than tried, no number', () => {
  for (const changes of [
    { tries: -3 },
    { tries: 0 },
    { tries: 2.5 },
    { tries: '3' },
    { tries: 1e300 },
    { rights: 4 },
    { rights: -1 },
    { rights: null },
  ])
    assert.deepEqual(one(changes), { answer: undefined, dropped: 1 }, JSON.stringify(changes));
});

test('counts that contradict the list of attempts are put right by it', () => {
  assert.deepEqual(one({ tries: 1, rights: 0 }).answer?.tries, 3);
  assert.deepEqual(one({ tries: 3, rights: 0 }).answer?.rights, 2);
  assert.deepEqual(one({ tries: 3, rights: 3 }).answer?.rights, 2);
  assert.deepEqual(one({ tries: 9, rights: 9 }).answer?.rights, 8);
});

test('a count at the limit survives one more try', () => {
  assert.equal(one({ tries: 100_000, rights: 100_000 }).answer?.tries, 99_999);
  assert.equal(one({ tries: 100_000, rights: 100_000 }).answer?.rights, 99_998);
  assert.equal(one({ tries: 100_000, rights: 100_000 }).dropped, 0);
});

test('of a list of a million attempts the last ones stay, in their order, and the rest is counted', () => {
  const log = Array.from({ length: 1_000_000 }, (_, n) => [1_700_000_000 - n, 3]);
  const { answer, dropped } = one({ log });
  assert.equal(answer?.log.length, LOG);
  assert.deepEqual(answer?.log[0], [1_699_000_001, 3]);
  assert.equal(answer?.tries, LOG);
  assert.equal(dropped, 1_000_000 - LOG);
});

test('an attempt that cannot be read is left out and counted, and the others stay', () => {
  const bad = [null, 3, 'x', [], [1], [-5, 3], [5, 4], [5, 0], ['5', 3], [5.5, 3], { 0: 5, 1: 3 }];
  const { answer, dropped } = one({ log: [...good.log, ...bad] });
  assert.deepEqual(answer?.log, good.log);
  assert.equal(dropped, bad.length);
  assert.deepEqual(one({ log: 'none' }).dropped, 1);
});

test('times of the year 3000 count as now, in answers, attempts and interviews', () => {
  const late = '3000-01-01T00:00:00.000Z';
  const now = new Date(NOW).toISOString();
  const { answer } = one({ at: late, log: [[32_503_680_000, 3]] });
  assert.equal(answer?.at, now);
  assert.deepEqual(answer?.log, [[NOW / 1000, 3]]);
  const { progress, dropped } = read({
    interviews: [
      { ...held, at: late },
      { ...held, at: late },
    ],
  });
  assert.deepEqual([...progress.interviews.keys()], [now]);
  assert.equal(dropped, 1);
});

test('an interview of a wrong shape is left out and counted; of its results, those that fit stay', () => {
  const bad = [
    null,
    [],
    'mid',
    { ...held, at: 'soon' },
    { ...held, level: 'guru' },
    { ...held, minutes: -1 },
    { ...held, minutes: 1e6 },
    { ...held, seconds: '900' },
    { ...held, topics: ['<script>alert(1)</script>'] },
    { ...held, topics: 'start' },
    { ...held, results: {} },
  ];
  const results = [['one', 3], ['two', 9], ['<b>', 1], ['__proto__', 1], 'x', ['three', 0]];
  const { progress, dropped } = read({ interviews: [...bad, { ...held, results }] });
  assert.deepEqual(
    [...progress.interviews.values()].map((each) => each.results),
    [
      [
        ['one', 3],
        ['three', 0],
      ],
    ],
  );
  assert.equal(dropped, bad.length + 4);
});

test('interviews that are no list count as one that could not be read', () => {
  assert.equal(read({ interviews: { 0: held } }).dropped, 1);
  assert.equal(read({ interviews: 'all of them' }).dropped, 1);
});

test('more entries than a course can have are not all kept, and each one left out is counted', () => {
  const answers = Object.fromEntries(Array.from({ length: 6000 }, (_, n) => [`q-${n}`, good]));
  const many = read({ answers });
  assert.deepEqual([many.progress.answers.size, many.dropped], [5000, 1000]);
  const interviews = Array.from({ length: 6000 }, (_, n) => ({
    ...held,
    at: new Date(NOW - 1000 * n).toISOString(),
  }));
  const held6000 = read({ interviews });
  assert.deepEqual([held6000.progress.interviews.size, held6000.dropped], [5000, 1000]);
});

test('`__proto__` anywhere reaches no prototype and changes no result', () => {
  const text = `{"version":${VERSION},"__proto__":{"lessons":{}},"lessons":{"__proto__":{"done":true,"at":"${at}"}},
    "answers":{"__proto__":${JSON.stringify(good)},"one":{"__proto__":{"tries":9},"right":true}},
    "interviews":[{"__proto__":${JSON.stringify(held)}}]}`;
  const parsed = parse(text, NOW);
  assert.ok(parsed.kind === 'ok');
  assert.deepEqual(parsed, { kind: 'ok', progress: EMPTY, dropped: 4 });
  for (const key of ['done', 'tries', 'level', 'lessons'])
    assert.equal(Reflect.get({}, key), undefined);
});

test('what only looks like a document is refused in words: nested to death, a list, a number', () => {
  for (const text of [
    '['.repeat(400_000),
    '[]',
    '7',
    '"version"',
    `{"version":${VERSION},"lessons":1}`,
  ]) {
    const result = readImport('<script>.json', text, EMPTY, NOW);
    assert.equal(result.kind, 'refused');
    assert.match(result.message, /^<script>\.json was not imported: it .*\. Choose a file/);
  }
});
