// Files that readers have exported: those of every version are read, for ever. The files here are never changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EMPTY, type Progress, serialize, VERSION } from '../../site/progress/document.ts';
import { readImport } from '../../site/progress/import.ts';
import { parse } from '../../site/progress/parse.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const fileOf = (version: number) =>
  readFileSync(new URL(`progress/version-${version}.json`, import.meta.url), 'utf8');

const lessons = new Map([
  ['start', { done: true, at: '2026-01-02T10:00:00.000Z' }],
  ['cookies-cross', { done: false, at: '2026-01-03T10:00:00.000Z' }],
]);

const EXPECTED: Record<number, Progress> = {
  1: {
    lessons,
    answers: new Map([
      [
        'open-feed-reader',
        {
          ...{ chosen: ['any-client'], right: true, tries: 3, rights: 1, seed: 0 },
          at: '2026-01-02T10:00:00.000Z',
          log: [[1767348000, 3]],
        },
      ],
      [
        'open-feed-origin',
        {
          ...{ chosen: ['a', 'b'], right: false, tries: 1, rights: 0, seed: 0 },
          at: '2026-01-02T10:05:00.500Z',
          log: [[1767348300, 1]],
        },
      ],
    ]),
    labs: new Map(),
    interviews: new Map(),
  },
  2: {
    lessons,
    answers: new Map([
      [
        'open-feed-reader',
        {
          ...{ chosen: ['any-client'], right: true, tries: 90, rights: 80, seed: 4294967295 },
          at: '2026-01-02T10:00:00.000Z',
          log: [
            [1767261600, 1],
            [1767261700, 2],
            [1767348000, 3],
          ],
        },
      ],
    ]),
    labs: new Map(),
    interviews: new Map([
      [
        '2026-02-02T10:00:00.000Z',
        {
          ...{ at: '2026-02-02T10:00:00.000Z', level: 'mid', minutes: 20, seconds: 1100 },
          topics: ['start', 'auth-field'],
          results: [
            ['open-feed-reader', 3],
            ['open-feed-origin', 0],
          ],
        },
      ],
    ]),
  },
  3: {
    lessons,
    answers: new Map([
      [
        'open-feed-reader',
        {
          ...{ chosen: ['any-client'], right: true, tries: 90, rights: 80, seed: 4294967295 },
          at: '2026-01-02T10:00:00.000Z',
          log: [
            [1767261600, 1],
            [1767261700, 2],
            [1767348000, 3],
          ],
        },
      ],
    ]),
    labs: new Map([['side-door', { done: true, at: '2026-03-02T10:00:00.000Z' }]]),
    interviews: new Map([
      [
        '2026-02-02T10:00:00.000Z',
        {
          ...{ at: '2026-02-02T10:00:00.000Z', level: 'mid', minutes: 20, seconds: 1100 },
          topics: ['start', 'auth-field'],
          results: [
            ['open-feed-reader', 3],
            ['open-feed-origin', 0],
          ],
        },
      ],
    ]),
  },
};

for (let version = 1; version <= VERSION; version += 1) {
  test(`a file of version ${version} is read to the last entry, and means what it meant`, () => {
    assert.deepEqual(parse(fileOf(version), NOW), {
      ...{ kind: 'ok', dropped: 0 },
      progress: EXPECTED[version],
    });
  });

  test(`a file of version ${version} imports, and goes out in the present form with nothing lost`, () => {
    const read = readImport('old.json', fileOf(version), EMPTY, NOW);
    assert.ok(read.kind === 'ready');
    const again = parse(serialize(read.progress), NOW);
    assert.deepEqual(again, { kind: 'ok', dropped: 0, progress: EXPECTED[version] });
  });
}

test('a file of the present version is written as it was read', () => {
  const text = JSON.stringify(JSON.parse(fileOf(VERSION)));
  const read = parse(text, NOW);
  assert.ok(read.kind === 'ok');
  assert.equal(serialize(read.progress), text);
});
