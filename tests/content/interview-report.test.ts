import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Course } from '../../site/interview/course.ts';
import { compareWords, report, scoreWords } from '../../site/interview/report.ts';
import type { Interview } from '../../site/progress/document.ts';

const question = (id: string, lesson: string, section: string) => ({
  ...{ id, lesson, level: 'mid' as const, kind: 'single' as const, prompt: id },
  section: { id: section, title: section.toUpperCase() },
});
const course: Course = {
  topics: ['one', 'two'].map((id) => ({ id, title: id, href: `/${id}/` })),
  questions: [
    question('a', 'one', 'first'),
    question('b', 'one', 'second'),
    question('c', 'two', 'third'),
    question('d', 'two', 'third'),
  ],
};
const interview = (day: number, results: Interview['results'], level = 'mid' as const) => ({
  ...{ level, minutes: 10, seconds: 500, topics: ['one', 'two'], results },
  at: `2026-11-${day}T10:00:00.000Z`,
});

const held = interview(21, [
  ['c', 1],
  ['a', 3],
  ['d', 0],
  ['b', 2],
]);

test('a report goes by topic, in the order of the course, and counts what was right', () => {
  const { score, topics } = report(course, held);
  assert.deepEqual(score, { right: 2, asked: 4 });
  assert.deepEqual(
    topics.map(({ topic, score: own, results }) => [
      topic?.id,
      own.right,
      results.map((r) => r.id),
    ]),
    [
      ['one', 2, ['a', 'b']],
      ['two', 0, ['c', 'd']],
    ],
  );
});

test('what went worst is to be read first, each section once, and what went well not at all', () => {
  const { read } = report(course, held);
  assert.deepEqual(
    read.map(({ section, questions }) => [section.id, questions]),
    [
      ['third', 2],
      ['second', 1],
    ],
  );
});

test('it is compared with the last interview of the same level before it, topic by topic', () => {
  const others = [
    interview(18, [['a', 3]]),
    interview(20, [
      ['a', 1],
      ['b', 3],
    ]),
    { ...interview(20, [['c', 3]]), at: '2026-11-20T11:00:00.000Z', level: 'senior' as const },
    interview(22, [['c', 3]]),
    held,
  ];
  const { before, topics } = report(course, held, others);
  assert.equal(before?.interview.at, '2026-11-20T10:00:00.000Z');
  assert.deepEqual(before?.score, { right: 1, asked: 2 });
  assert.deepEqual(
    topics.map((topic) => topic.before),
    [{ right: 1, asked: 2 }, undefined],
  );
  assert.equal(report(course, interview(18, [['a', 3]]), others).before, undefined);
});

test('a question that has left the course still counts, and leads nowhere', () => {
  const { score, topics, read } = report(course, interview(21, [['gone', 1]]));
  assert.deepEqual(score, { right: 0, asked: 1 });
  assert.equal(topics[0]?.topic, undefined);
  assert.deepEqual(read, []);
});

test('scores and their change are said in words', () => {
  assert.equal(scoreWords({ right: 7, asked: 9 }), '7 of 9 right, 78%');
  assert.equal(scoreWords({ right: 0, asked: 0 }), '0 of 0 right, 0%');
  const half = { right: 2, asked: 4 };
  assert.equal(compareWords({ right: 3, asked: 4 }, half), 'up from 2 of 4 the last time');
  assert.equal(compareWords({ right: 1, asked: 4 }, half), 'down from 2 of 4 the last time');
  assert.equal(
    compareWords({ right: 1, asked: 2 }, half),
    'the same share as the last time (2 of 4)',
  );
});
