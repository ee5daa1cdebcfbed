// A mistake in the syntax, in the built site: the true place, in the editor, in the state and in the console.
import { playground } from '../support/playground.ts';
import { retype } from '../support/retype.ts';
import { expect, test } from '../support/test.ts';
import { editing, lineOf, SERVER } from './editing-page.ts';

test.describe.configure({ timeout: 90_000 });

const insert = (text: string, before: string, line: string) => {
  const lines = text.split('\n');
  return lines.toSpliced(lineOf(text, before).line - 1, 0, line).join('\n');
};

const mistakes = [
  [
    'a missing brace at the end of the file',
    (text: string) => `${text}if (own) {\n`,
    (text: string) => text.split('\n').length,
    1,
    'The file ends too early: a bracket is still open',
  ],
  [
    'a stray ) in the middle',
    (text: string) => insert(text, 'function readToken', '  )'),
    (text: string) => lineOf(text, '  )').line,
    3,
    'Unexpected token )',
  ],
  [
    'an unterminated template',
    (text: string) => insert(text, '// #region check', 'const t = `abc;'),
    (text: string) => lineOf(text, '`abc;').line,
    11,
    'Unterminated template',
  ],
  [
    'a type that is missing',
    (text: string) => insert(text, '// #region check', 'const x: = 3;'),
    (text: string) => lineOf(text, 'const x: = 3').line,
    10,
    'Unexpected token =',
  ],
  [
    'what only the browser refuses, and without a place',
    (text: string) => insert(text, '// #region check', 'const key = 1;'),
    (text: string) => lineOf(text, 'const key = 1;').line,
    7,
    "Identifier 'key' has already been declared",
  ],
] as const;

test('a mistake in the syntax is marked where it is, and the text without it runs', async ({
  page,
}) => {
  const { openEditor, change, source, button, state, sources, output } = editing(page);
  const letServer = await openEditor();
  await letServer();
  for (const [what, wrong, find, column, words] of mistakes) {
    await test.step(what, async () => {
      const before = await change(wrong);
      const text = await source.inputValue();
      const line = find(text);
      await button('Run').click();
      await expect(state).toHaveText(
        `The server has ended, with exit code 1. See line ${line} of server.ts. Change it, then press Run.`,
      );
      await expect(sources.locator('.editing-error p')).toContainText(
        `Line ${line}, column ${column}: ${words}`,
      );
      await expect(source).toHaveAccessibleDescription(
        new RegExp(`^Line ${line}, column ${column}:`),
      );
      await expect(source).toHaveAttribute('aria-invalid', 'true');
      await expect(output).toContainText(`${SERVER}:${line}:${column}: ${words}`);
      const other = (await output.innerText()).match(/server\.ts:\d+:\d+/g);
      expect(new Set(other), 'one place is told, and no guess beside it').toEqual(
        new Set([`server.ts:${line}:${column}`]),
      );

      await button(`Go to line ${line}`).press('Enter');
      await expect(source).toBeFocused();
      const cursor = await source.evaluate((area: HTMLTextAreaElement) => area.selectionStart);
      const above = text.split('\n').slice(0, line - 1);
      expect(cursor).toBe(above.join('\n').length + (line > 1 ? 1 : 0) + column - 1);
      await retype(source, before);
    });
  }
  await button('Run').click();
  await expect(state).toHaveText(/^Running/);
  await expect(sources.locator('.editing-error')).toBeEmpty();
});

test('a mistake in the page’s own script is marked too, though the server runs', async ({
  page,
  expected,
}) => {
  expected.push(/500/);
  const { pick, change, button, state, sources, output } = editing(page);
  await playground(page).openStopped('auth-field');
  const client = 'examples/auth-field/client.ts';
  for (const [run, wrong, words] of [
    ['Run', 'const x: = 3;', 'Line 1, column 10: Unexpected token ='],
    ['Run again', 'const q;', 'Line 1, column 8: Unexpected token ;'],
  ] as const) {
    await pick(client);
    const before = await change((text) => `${wrong}\n${text}`);
    await pick(SERVER); // the error brings its file back
    await button(run).click();
    await expect(sources.locator('.editing-error p')).toHaveText(words);
    await expect(sources.getByLabel('File')).toHaveValue(client);
    await expect(output).toContainText(`${client}:1:`);
    await expect(state).toHaveText(/^Running/);
    await change(() => before);
  }
});

test('the parser is fetched after a mistake, and not before', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const { openEditor, change, button, state } = editing(page);
  const letServer = await openEditor();
  await letServer();
  await button('Run').click();
  await expect(state).toHaveText(/^Running/);
  const late = /\/(?:syntax|choices|changes-view|grammars|save|libesm|browser)\./;
  expect(asked.filter((path) => late.test(path))).toEqual([]);
  await change((text) => `const = 1;\n${text}`);
  await button('Run again').click();
  await expect(state).toContainText('See line 1 of server.ts.');
  expect(asked.filter((path) => late.test(path))).toEqual([
    expect.stringMatching(/\/_astro\/syntax\.[\w-]+\.js$/),
  ]);
});
