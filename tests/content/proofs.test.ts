import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findProof, readProofs } from '../../site/proofs.ts';
import { folder } from './folder.ts';

const spec =
  "import { test } from './support';\n\ntest('a deleted user is refused', async () => {});\n";

test('proofs are the tests and attacks with a literal title, with file and line', (context) => {
  const root = folder(context, {
    'tests/examples/door.spec.ts': `${spec}test(\`a \${1} title\`, () => {});\ntest('no body');\n`,
    'tests/content/deep/words.test.ts': "test('a title in a test file', () => {});",
    'tests/attacks/replay.ts': 'export const replay = attack(`a ticket replayed`, async () => {});',
    'tests/support/fixture.ts': "test('not a spec', () => {});",
  });
  assert.deepEqual(
    [...readProofs(root).values()],
    [
      { title: 'a ticket replayed', file: 'tests/attacks/replay.ts', line: 1 },
      { title: 'a title in a test file', file: 'tests/content/deep/words.test.ts', line: 1 },
      { title: 'a deleted user is refused', file: 'tests/examples/door.spec.ts', line: 3 },
    ],
  );
});

test('a project without tests has no proofs', (context) => {
  assert.equal(readProofs(folder(context, { 'README.md': '' })).size, 0);
});

test('two tests with one title are refused with both places', (context) => {
  const root = folder(context, { 'tests/a.spec.ts': spec, 'tests/b.spec.ts': spec });
  assert.throws(() => readProofs(root), {
    message:
      'Two tests have the title "a deleted user is refused": tests/a.spec.ts:3 and tests/b.spec.ts:3. Rename one.',
  });
});

test('an unknown title is refused with the page and the nearest titles', (context) => {
  const proofs = readProofs(folder(context, { 'tests/a.spec.ts': spec }));
  assert.throws(() => findProof(proofs, 'the deleted user gets refused', 'start.mdx'), {
    message:
      'start.mdx: no test has the title "the deleted user gets refused". Nearest: "a deleted user is refused".',
  });
  assert.throws(() => findProof(new Map(), 'anything', 'start.mdx'), {
    message: 'start.mdx: no test has the title "anything".',
  });
});
