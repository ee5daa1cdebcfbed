import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { readProofs } from '../../site/proofs.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Suite {
  specs?: { title: string }[];
  suites?: Suite[];
}

function titlesOf({ specs = [], suites = [] }: Suite): string[] {
  return [...specs.map(({ title }) => title), ...suites.flatMap(titlesOf)];
}

test('every proof in a spec is a test that Playwright runs', () => {
  const cli = ['node_modules/@playwright/test/cli.js', 'test', '--list', '--reporter=json'];
  const output = execFileSync(process.execPath, cli, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const listed = new Set(titlesOf(JSON.parse(output)));
  const proofs = [...readProofs(root).values()].filter(({ file }) => !file.endsWith('.test.ts'));
  assert.ok(proofs.length > 80);
  assert.deepEqual(
    proofs.map(({ title }) => title).filter((title) => !listed.has(title)),
    [],
  );
});
