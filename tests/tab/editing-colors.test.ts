import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { codeThemes } from '../../site/styles/codeTheme.ts';

const css = readFileSync(
  new URL('../../site/playground/editing/editing.css', import.meta.url),
  'utf8',
);

test('code in the editor has the colors of the code in the lessons, dark and light', () => {
  const rules = css.split('}').filter((rule) => rule.includes('--code-keyword:'));
  assert.deepEqual(
    codeThemes.map(({ type }) => type),
    ['dark', 'light'],
  );
  for (const [index, { settings }] of codeThemes.entries()) {
    const colorOf = (scope: string) =>
      settings.find((rule) => rule.scope?.includes(scope))?.settings.foreground;
    for (const [name, scope] of [
      ['keyword', 'keyword'],
      ['string', 'string'],
      ['constant', 'constant'],
    ] as const)
      assert.ok(rules[index]?.includes(`--code-${name}: ${colorOf(scope)};`), `${name} ${index}`);
  }
});
