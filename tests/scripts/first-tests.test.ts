import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstTests, type Suite } from '../../scripts/firstTests.ts';

const spec = (title: string, timeout = 30_000) => ({ title, tests: [{ timeout }] });

test('of a file and of each group in it, the first test that keeps to the ordinary limit is taken', () => {
  const file: Suite = {
    title: 'site/a.spec.ts',
    specs: [spec('slow', 90_000), spec('one'), spec('two')],
    suites: [
      { title: 'without a network', specs: [spec('three'), spec('four')] },
      { title: 'slow ones', specs: [spec('five', 120_000)], suites: [] },
    ],
  };
  assert.deepEqual(firstTests(file), [
    'site/a.spec.ts › one',
    'site/a.spec.ts › without a network › three',
  ]);
});
