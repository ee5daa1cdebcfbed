import { readFile } from 'node:fs/promises';
import {
  answerRight,
  LESSON,
  open,
  PROGRESS,
  question,
  row,
  saved,
  stored,
} from '../support/progress.ts';
import { expect, test } from '../support/test.ts';

test('an answer and a finished lesson are still there after a reload', async ({ page }) => {
  await page.goto(LESSON);
  await answerRight(page);
  await page.getByRole('button', { name: 'Done with this lesson' }).click();
  await page.reload();
  await expect(
    question(page).getByRole('radio', { name: 'Any client that can reach the port' }),
  ).toBeChecked();
  await expect(question(page).getByText(/^Right\. Saved on/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done with this lesson' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('the same choice checked again is no further try', async ({ page }) => {
  await open(page, LESSON, saved);
  await question(page).getByRole('button', { name: 'Show why' }).click();
  await expect(question(page).getByText('A client that opens')).toBeVisible();
  expect(await stored(page)).toBe(saved);
});

test('two tabs keep in step', async ({ page, context }) => {
  await page.goto(LESSON);
  const other = await context.newPage();
  await other.goto(LESSON);
  await answerRight(page);
  await expect(other.getByText('1 of 7 right so far.').first()).toBeVisible();
  await expect(question(other).getByText(/^Right\. Saved on/)).toBeVisible();
  await other.getByRole('button', { name: 'Done with this lesson' }).click();
  await expect(page.getByRole('button', { name: 'Done with this lesson' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(JSON.parse((await stored(page)) ?? '').answers).toHaveProperty('open-feed-reader');
});

test('a tab does not paint over a choice that is not checked yet', async ({ page, context }) => {
  await page.goto(LESSON);
  const other = await context.newPage();
  await other.goto(LESSON);
  const choice = question(other).getByRole('radio', { name: /until the server puts/ });
  await choice.check();
  await answerRight(page);
  await expect(other.getByText('1 of 7 right so far.').first()).toBeVisible();
  await expect(choice).toBeChecked();
});

test('the sidebar ticks a lesson that is done, in every tab', async ({ page, context }) => {
  await page.goto(LESSON);
  const other = await context.newPage();
  await other.goto(PROGRESS);
  const sidebar = other.getByRole('navigation', { name: 'Main' });
  await expect(sidebar.getByRole('link', { name: 'The open door', exact: true })).toBeVisible();
  const done = page.getByRole('button', { name: 'Done with this lesson' });
  await done.click();
  await expect(sidebar.getByRole('link', { name: 'The open door (done)' })).toBeVisible();
  await done.click();
  await expect(sidebar.getByRole('link', { name: 'The open door', exact: true })).toBeVisible();
});

test('progress goes out as a file, is reset, comes back by undo, and comes back by import', async ({
  page,
}) => {
  await open(page, PROGRESS, saved);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as a file' }).click(),
  ]);
  const file = await download.path();
  expect(await readFile(file, 'utf8')).toBe(saved);

  const reset = page.getByRole('button', { name: 'Reset progress' });
  await reset.click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(row(page)).toContainText('1 of 7');

  await reset.click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText('Nothing saved yet.')).toBeVisible();
  expect(await stored(page)).toBeNull();
  await expect(page.getByRole('button', { name: 'Undo the reset' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page)).toContainText('1 of 7');
  await expect(reset).toBeFocused();

  await reset.click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByLabel('Import a file').setInputFiles(file);
  await expect(page.getByText('2 entries new, 0 newer than yours')).toBeVisible();
  expect(await stored(page)).toBeNull();
  await page.getByRole('button', { name: 'Merge into mine' }).click();
  await expect(row(page)).toContainText('done Jan 2, 2026');
  expect(await stored(page)).toBe(saved);
});

test('a hostile file is refused or cleaned, and nothing of it runs', async ({ page }) => {
  await open(page, PROGRESS, saved);
  const choose = (name: string, text: string) =>
    page
      .getByLabel('Import a file')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await choose('<img src=x onerror=alert(1)>.json', 'not json');
  await expect(page.getByText('was not imported: it is not valid JSON')).toContainText(
    '<img src=x',
  );
  await choose('large.json', 'x'.repeat(2_000_001));
  await expect(
    page.getByText('large.json was not imported: it is larger than 2 MB.'),
  ).toBeVisible();
  const at = '2026-02-02T10:00:00.000Z';
  await choose(
    'polluted.json',
    `{"version":1,"answers":{},"lessons":{"__proto__":{"done":true,"at":"${at}"},` +
      `"<script>":{"done":true,"at":"${at}"},"auth-field":{"done":true,"at":"${at}"}}}`,
  );
  await expect(page.getByText('1 entry new')).toContainText('2 could not be read');
  await page.getByRole('button', { name: 'Merge into mine' }).click();
  expect(Object.keys(JSON.parse((await stored(page)) ?? '').lessons)).toEqual([
    'start',
    'auth-field',
  ]);
  expect(await page.evaluate(() => 'done' in {})).toBe(false);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the progress page says what it needs, and offers no dead buttons', async ({ page }) => {
    await page.goto(PROGRESS);
    await expect(page.getByRole('note')).toContainText('Progress needs JavaScript');
    await expect(page.getByRole('button', { name: 'Export as a file' })).toBeHidden();
    await expect(page.getByRole('button', { name: 'Reset progress' })).toBeHidden();
  });
});
