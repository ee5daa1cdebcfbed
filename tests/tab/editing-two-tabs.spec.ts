// Two tabs of one playground, each with edits of its own: what becomes of either's text.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { editing, SERVER } from './editing-page.ts';

test.describe.configure({ timeout: 90_000 });

/** Two tabs, each with a text of its own for server.ts: that of the first is stored, and the second does not hear of it. */
async function twoTabs(page: Page) {
  const other = await page.context().newPage();
  await other.addInitScript(() => {
    addEventListener('storage', (event) => event.stopImmediatePropagation());
  });
  const [one, two] = [editing(page), editing(other)];
  await two.openEditor();
  await page.bringToFront();
  await one.openEditor();
  const before = await one.change((text) => `// from one\n${text}`);
  await expect.poll(one.stored).toEqual({ [SERVER]: `// from one\n${before}` });
  await other.bringToFront();
  await two.change((text) => `// from two\n${text}`);
  return { other, before };
}

test('two tabs: the text of neither is lost, and “Keep mine” stores it', async ({ page }) => {
  const { other, before } = await twoTabs(page);
  const { choice, button, source, notices, stored, setAside } = editing(other);
  await expect(notices).toContainText(`Another tab has changed ${SERVER} too.`);
  await expect(notices).toHaveAttribute('role', 'status');
  const group = choice(`${SERVER}, in two tabs`);
  await expect(group.getByRole('button')).toHaveText([
    'Keep mine',
    'Take the other tab’s',
    'Show the difference',
  ]);
  await group.getByRole('button', { name: 'Show the difference' }).press('Enter');
  const table = group.getByRole('table', { name: `Changes in ${SERVER}` });
  await expect(table.getByRole('row', { name: /removed/ })).toContainText('// from one');
  await expect(table.getByRole('row', { name: /added/ })).toContainText('// from two');
  expect(await stored()).toEqual({ [SERVER]: `// from one\n${before}` });
  expect((await setAside()).join()).toContain('// from two');

  await button('Keep mine').press('Enter');
  await expect(notices).toHaveText(`Your text of ${SERVER} is kept.`);
  await expect(notices).toBeFocused();
  await expect(group).toHaveCount(0);
  await expect(source).toHaveValue(`// from two\n${before}`);
  await expect.poll(stored).toEqual({ [SERVER]: `// from two\n${before}` });
  await expect(editing(page).source).toHaveValue(`// from two\n${before}`);
  expect(await setAside()).toEqual([]);
});

test('two tabs: “Take the other tab’s” shows it, and undo brings mine back', async ({ page }) => {
  const { other, before } = await twoTabs(page);
  const { button, source, notices, stored } = editing(other);
  await button('Take the other tab’s').press('Enter');
  await expect(source).toHaveValue(`// from one\n${before}`);
  await expect(notices).toContainText('Undo in the editor brings yours back.');
  await source.press('Control+z');
  await expect(source).toHaveValue(`// from two\n${before}`);
  await expect.poll(stored).toEqual({ [SERVER]: `// from two\n${before}` });
});

test('a tab that is closed unasked has set its text aside: “Take it back” brings it', async ({
  page,
}) => {
  const { other, before } = await twoTabs(page);
  await expect(editing(other).notices).toContainText('Another tab has changed');
  await other.close();
  const { openEditor, choice, source, notices, setAside } = editing(page);
  await openEditor();
  await expect(source).toHaveValue(`// from one\n${before}`);
  await expect(notices).toContainText('They were set aside, not deleted.');
  const group = choice(/^Set aside .+: examples\/auth-field\/server\.ts$/);
  await group.getByRole('button', { name: 'Take it back' }).press('Enter');
  await expect(source).toHaveValue(`// from two\n${before}`);
  // What stood there is set aside for it, until the reader throws it away, asked twice.
  await expect.poll(setAside).toHaveLength(1);
  expect((await setAside()).join()).toContain('// from one');
  await group.getByRole('button', { name: 'Throw it away' }).press('Enter');
  expect(await setAside()).toHaveLength(1);
  await group.getByRole('button', { name: 'Throw it away, for good' }).press('Enter');
  await expect(notices).toHaveText('Thrown away.');
  expect(await setAside()).toEqual([]);
  await expect(source).toHaveValue(`// from two\n${before}`);
});
