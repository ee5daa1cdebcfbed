import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listRegions, readRegion } from '../../site/regions.ts';

const sample = `// #region check
export function check(token: string | undefined): string {
  // #region inner
  if (token === undefined) return 'TOKEN_MISSING';
  // #endregion inner
  return 'ok';
}
// #endregion check

// #region later
export function checkLater(token: string | undefined): string {
  if (token === undefined) return 'TOKEN_MISSING';
  if (token.length < 20) return 'TOKEN_INVALID';
  return 'ok';
}
// #endregion later
`;
const html =
  '<ul>\n  <!-- #region list -->\n  <li>ann</li>\n    <b>in</b>\n  <!-- #endregion -->\n</ul>';

test('a region is cut from its file without its markers, and knows its lines', () => {
  const { code, line, endLine } = readRegion(sample, 'check', 'sample.ts');
  assert.equal(line, 2);
  assert.equal(endLine, 7);
  assert.match(code, /^export function check\(/);
  assert.match(code, /TOKEN_MISSING/);
  assert.doesNotMatch(code, /region/);
});

test('a region of a .conf stands between comments of its own', () => {
  const conf = 'http {\n  # #region nodes\n  # two of them\n  server a;\n  # #endregion\n}';
  assert.equal(readRegion(conf, 'nodes', 'nginx.conf').code, '# two of them\nserver a;');
});

test('a region inside another is its own, and loses the indentation of its place', () => {
  assert.deepEqual(readRegion(sample, 'inner', 'sample.ts'), {
    code: "if (token === undefined) return 'TOKEN_MISSING';",
    line: 4,
    endLine: 4,
  });
});

test('an #endregion without a name closes the region opened last', () => {
  const text = '// #region a\n1;\n// #region b\n2;\n// #endregion\n3;\n// #endregion\n4;';
  assert.equal(readRegion(text, 'b', 'x.ts').code, '2;');
  assert.equal(readRegion(text, 'a', 'x.ts').code, '1;\n2;\n3;');
});

test('a region of HTML stands in comments', () => {
  assert.equal(readRegion(html, 'list', 'index.html').code, '<li>ann</li>\n  <b>in</b>');
});

test('without a name the whole file is shown, markers and empty ends left out', () => {
  const { code, line } = readRegion(
    '\n// #region a\nconst x = 1;\n// #endregion\n',
    undefined,
    'x.ts',
  );
  assert.equal(code, 'const x = 1;');
  assert.equal(line, 3);
});

test('the names of all regions are listed in their order', () => {
  assert.deepEqual(listRegions(sample), ['check', 'inner', 'later']);
});

test('an unknown region is refused with the file and the regions that it has', () => {
  assert.throws(() => readRegion(sample, 'chekc', 'sample.ts'), {
    message: 'sample.ts has no region "chekc". It has: check, inner, later.',
  });
  assert.throws(() => readRegion('1;', 'check', 'x.ts'), {
    message: 'x.ts has no region "check". It has no regions.',
  });
});

test('a region that never ends, begins twice or holds nothing is refused', () => {
  const refused = (text: string) => () => readRegion(text, 'a', 'x.ts');
  assert.throws(refused('// #region a\n1;'), { message: /x\.ts: region "a" has no "#endregion"/ });
  assert.throws(refused('// #region a\n1;\n// #endregion\n// #region a\n2;\n// #endregion'), {
    message: 'x.ts: region "a" begins more than once.',
  });
  assert.throws(refused('// #region a\n\n// #endregion'), {
    message: 'x.ts: region "a" is empty.',
  });
});
