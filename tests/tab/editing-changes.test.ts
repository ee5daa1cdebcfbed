import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, type Group, summaryOf } from '../../site/playground/editing/changes.ts';

const signs = { added: '+', removed: '-', same: ' ' };
const drawn = (groups: Group[]) =>
  groups.map((group) => group.map(({ kind, line, text }) => `${line ?? ''}${signs[kind]}${text}`));

const course = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
const withLine = (at: number, ...lines: string[]) =>
  course.flatMap((line, index) => (index === at - 1 ? lines : [line]));
const text = (lines: string[]) => `${lines.join('\n')}\n`;

test('the same text has no changes, and that is said', async () => {
  const groups = await changesOf(text(course), text(course));
  assert.deepEqual(groups, []);
  assert.equal(summaryOf('server.ts', groups), 'You have changed nothing.');
});

test('a changed line stands between three lines before and three after, with its numbers', async () => {
  const groups = await changesOf(text(course), text(withLine(10, 'ten', 'ten and a half')));
  assert.deepEqual(drawn(groups), [
    [
      '7 line 7',
      '8 line 8',
      '9 line 9',
      '-line 10',
      '10+ten',
      '11+ten and a half',
      '12 line 11',
      '13 line 12',
      '14 line 13',
    ],
  ]);
  assert.equal(
    summaryOf('server.ts', groups),
    'You have changed server.ts: 2 lines added, 1 line removed.',
  );
});

test('changes far from each other are two groups', async () => {
  const mine = ['zero', ...withLine(20)];
  const groups = await changesOf(text(course), text(mine));
  assert.deepEqual(drawn(groups), [
    ['1+zero', '2 line 1', '3 line 2', '4 line 3'],
    ['18 line 17', '19 line 18', '20 line 19', '-line 20'],
  ]);
});

test('a missing newline at the end is a change, and no line of its own', async () => {
  const groups = await changesOf('one\n', 'one');
  assert.deepEqual(drawn(groups), [['-one', '1+one']]);
  assert.deepEqual(
    groups.flat().map(({ unended }) => unended),
    [undefined, true],
  );
});

test('lines that begin with a sign are shown as they are', async () => {
  const groups = await changesOf('-- a\n', '++ b\n\\ c\n');
  assert.deepEqual(drawn(groups), [['--- a', '1+++ b', '2+\\ c']]);
});

test('everything can be deleted', async () => {
  const groups = await changesOf('one\ntwo\n', '');
  assert.deepEqual(drawn(groups), [['-one', '-two']]);
});
