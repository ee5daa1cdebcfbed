// The editor by keyboard alone, as the accessibility tree has it.
import { withoutServer } from '../support/playground.ts';
import { expect, test } from '../support/test.ts';
import { editing, SERVER } from './editing-page.ts';

test.describe.configure({ timeout: 90_000 });

const hint = 'Tab indents. To leave the editor by keyboard, press Escape, then Tab.';

test('Tab indents; Escape, then Tab, moves on, and it is said', async ({ page }) => {
  const { openEditor, source, sources, button } = editing(page);
  await openEditor();
  await expect(source).toHaveAccessibleName(`Source of ${SERVER}`);
  await expect(source).toHaveAccessibleDescription(hint);
  const before = await source.inputValue();
  await source.press('Control+Home');
  await source.press('Tab');
  await expect(source).toHaveValue(`  ${before}`);
  await expect(source).toBeFocused();
  await source.press('Shift+Tab');
  await expect(source).toHaveValue(before);

  const status = sources.locator('.editing-status');
  await source.press('Escape');
  await expect(status).toHaveText('The next Tab moves on.');
  await source.press('ArrowDown');
  await expect(status).toBeEmpty(); // another key takes it back
  await source.press('Escape');
  await source.press('Shift+Tab');
  await expect(source).not.toBeFocused();
  await expect(button('Download as a folder')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(source).toBeFocused();
  await source.press('Escape');
  await page.keyboard.press('Tab');
  await expect(source).not.toBeFocused();
  await expect(source).toHaveValue(before);
});

test('undo and redo, and undo of Reset brings the reader’s text back, and keeps it', async ({
  page,
}) => {
  const { openEditor, source, sources, button, stored } = editing(page);
  await openEditor();
  const before = await source.inputValue();
  const reset = button('Reset to the course’s text');
  await expect(reset).toBeDisabled();
  await source.press('Control+Home');
  await page.keyboard.type('//mine');
  await expect(source).toHaveValue(`//mine${before}`);
  await expect(sources.getByLabel('File').locator('option').first()).toHaveText(
    'server.ts (changed)',
  );
  await source.press('Control+z');
  await expect(source).toHaveValue(before);
  await expect(reset).toBeDisabled();
  await source.press('Control+y');
  await expect(source).toHaveValue(`//mine${before}`);

  await reset.press('Enter');
  await expect(source).toHaveValue(before);
  await expect.poll(stored).toEqual({});
  await source.press('Control+z');
  await expect(source).toHaveValue(`//mine${before}`);
  await expect.poll(stored).toEqual({ [SERVER]: `//mine${before}` });
  await source.press('Control+Shift+z');
  await expect(source).toHaveValue(before);
  await expect.poll(stored).toEqual({});
});

test('Enter keeps the indentation, and Control+/ makes a comment in the file’s own language', async ({
  page,
}) => {
  const { openEditor, pick, source } = editing(page);
  await openEditor();
  await source.fill('if (own) {');
  await source.press('Control+End');
  await source.press('Enter');
  await page.keyboard.type('x();');
  await expect(source).toHaveValue('if (own) {\n  x();');
  await source.press('Control+/');
  await expect(source).toHaveValue('if (own) {\n  // x();');
  await pick('examples/auth-field/index.html');
  await source.fill('<p>one</p>');
  await expect(page.locator('.language-html')).toBeVisible();
  await source.press('Control+/');
  await expect(source).toHaveValue('<!-- <p>one</p> -->');
  await pick('examples/auth-field/.env');
  await source.fill('PORT=1');
  await source.press('Control+/');
  await expect(source).toHaveValue('# PORT=1');
});

test('before the editor is fetched a plain field has the text, and what is typed there stays', async ({
  page,
}) => {
  let go = () => {};
  const asked = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route(/\/_astro\/editor\.[\w-]+\.js$/, async (route) => {
    await asked;
    await route.continue();
  });
  await withoutServer(page, 'base');
  const { button, state, source, sources, stored } = editing(page);
  await page.goto('./run/auth-field/');
  await button('Run it here').click();
  await expect(state).toHaveText(/^It did not start: /);
  await expect(sources.locator('.prism-code-editor')).toHaveCount(0);
  const before = await source.inputValue();
  await source.press('Control+Home');
  await page.keyboard.type('// early');
  await expect.poll(stored).toEqual({ [SERVER]: `// early${before}` });
  go();
  await expect(sources.locator('.prism-code-editor')).toBeVisible();
  await expect(source).toBeFocused();
  await page.keyboard.type(', late');
  await expect(source).toHaveValue(`// early, late${before}`);
});

test('where the editor cannot be fetched the plain field serves', async ({ page, expected }) => {
  expected.push(/Failed to load resource|dynamically imported module/);
  await page.route(/\/_astro\/editor\.[\w-]+\.js$/, (route) => route.abort());
  const { button, state, source } = editing(page);
  await page.goto('./run/auth-field/');
  await button('Run it here').click();
  await expect(state).toHaveText(/^Running at /);
  await source.fill("throw new Error('plain');\n");
  await button('Run again').click();
  await expect(state).toContainText('See line 1 of server.ts.');
});
