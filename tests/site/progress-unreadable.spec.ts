// Progress where storage holds what cannot be read, or holds nothing.
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

test('saved data that cannot be read are set aside, kept, and can be deleted', async ({ page }) => {
  await open(page, LESSON, '{oops');
  await expect(page.getByText('It was set aside, not deleted')).toBeVisible();
  expect(await stored(page)).toBeNull();
  await answerRight(page);
  await page.goto(PROGRESS);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download the data/ }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe('{oops');
  await page.getByRole('button', { name: /^Delete the data/ }).click();
  await expect(page.getByText('Deleted.')).toBeFocused();
  await expect(page.getByRole('button', { name: /^Download the data/ })).toHaveCount(0);
});

test('one bad entry costs no good one, and the whole is set aside', async ({ page }) => {
  const bad = saved.replace('"lessons":{', '"lessons":{"rooms":"done",');
  await open(page, PROGRESS, bad);
  await expect(row(page)).toContainText('done Jan 2, 2026');
  await expect(page.getByRole('button', { name: /^Download the data/ })).toHaveCount(1);
  expect(await stored(page)).toBe(saved);
});

test('progress of a newer version is left untouched, and handed out as it stands', async ({
  page,
}) => {
  const newer = saved.replace('"version":3', '"version":4,"more":[]');
  expect(newer).not.toBe(saved);
  await open(page, LESSON, newer);
  await expect(page.getByText('saved by a newer version')).toBeVisible();
  await answerRight(page);
  await expect(question(page).getByRole('status')).toHaveText('Right.');
  await page.getByRole('button', { name: 'Done with this lesson' }).click();
  expect(await stored(page)).toBe(newer);
  await page.goto(PROGRESS);
  await expect(page.getByRole('button', { name: 'Reset progress' })).toBeDisabled();
  await expect(page.getByLabel('Import a file')).toBeDisabled();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as a file' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe(newer);
});

test('where storage is full the page works, and says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith('handshake:')) throw new DOMException('full', 'QuotaExceededError');
      write.call(this, key, value);
    };
  });
  await page.goto(LESSON);
  await expect(page.getByText('does not store your progress')).toBeHidden();
  await answerRight(page);
  await expect(question(page).getByRole('status')).toHaveText('Right.');
  await expect(page.getByText('1 of 7 right so far.').first()).toBeVisible();
  await expect(page.getByText('does not store your progress')).toHaveCount(1);
  await expect(page.getByText('does not store your progress')).toBeVisible();
});

test.describe('where storage is blocked', () => {
  // Starlight's own theme script reads storage as well, and does not expect this.
  test.use({ expected: [/blocked by the browser|StarlightThemeProvider is not defined/] });

  test('the questions work, and the page says that nothing is kept', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('blocked by the browser', 'SecurityError');
        },
      });
    });
    await page.goto(LESSON);
    await expect(page.getByText('does not store your progress')).toBeVisible();
    await answerRight(page);
    await expect(question(page).getByText('A client that opens')).toBeVisible();
    await expect(page.getByText('1 of 7 right so far.').first()).toBeVisible();
  });
});
