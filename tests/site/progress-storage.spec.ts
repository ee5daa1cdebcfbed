// Progress of version 3 where storage fails, and files that somebody else has made.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { plant } from '../support/plant.ts';
import { expect, test } from '../support/test.ts';

const KEY = 'handshake:progress';
const PROGRESS = './progress/';
const LESSON = './lessons/start/';
const fixture = (version: number) =>
  readFileSync(new URL(`../content/progress/version-${version}.json`, import.meta.url), 'utf8');
const saved = JSON.stringify(JSON.parse(fixture(3)));

const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);
const parsed = async (page: Page) => JSON.parse((await stored(page)) ?? 'null');

async function open(page: Page, address: string, text: string) {
  await plant(page, KEY, text);
  await page.goto(address);
}

async function choose(page: Page, name: string, text: string) {
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Import a file').setInputFiles(file);
}

const merge = (page: Page) => page.getByRole('button', { name: 'Merge into mine' }).click();

/** From the next page on there is no room for progress. */
async function fill(page: Page) {
  await page.addInitScript(() => {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith('handshake:')) throw new DOMException('full', 'QuotaExceededError');
      write.call(this, key, value);
    };
  });
}

async function finish(page: Page) {
  await page.getByRole('button', { name: 'Done with this lesson' }).click();
}

for (const version of [1, 2, 3]) {
  test(`an export of version ${version} imports, and its answers and interviews are here`, async ({
    page,
  }) => {
    await page.goto(PROGRESS);
    await choose(page, 'old.json', fixture(version));
    const entries = version === 3 ? 5 : 4; // a lab that is solved
    await expect(page.getByText(`${entries} entries new, 0 newer than yours`)).toBeVisible();
    await merge(page);
    await expect(page.getByRole('row', { name: /The open door/ })).toContainText(
      'done Jan 2, 2026',
    );
    const { interviews, answers } = await parsed(page);
    expect(interviews).toEqual(version === 1 ? [] : JSON.parse(fixture(version)).interviews);
    expect(answers['open-feed-reader'].tries).toBe(version === 1 ? 3 : 90);
    await page.reload();
    await expect(page.getByText('set aside, not deleted')).toBeHidden();
  });
}

test('a reset takes interviews too, in every tab, and its undo brings them back', async ({
  page,
  context,
}) => {
  await open(page, PROGRESS, saved);
  const other = await context.newPage();
  await other.goto(PROGRESS);
  await page.getByRole('button', { name: 'Reset progress' }).click();
  await expect(page.getByRole('dialog')).toContainText(
    'Forget 1 finished lesson, 1 answer, 1 solved lab and 1 interview?',
  );
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  expect(await stored(page)).toBeNull();
  await expect(other.getByText('Nothing saved yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo the reset' }).click();
  expect(await parsed(page)).toEqual(JSON.parse(saved));
  await expect(other.getByText('1 mock interview held, on Feb 2, 2026.')).toBeVisible();
});

test('an attempt edited by hand is set aside with the whole, and everything else stays', async ({
  page,
}) => {
  const edited = saved.replace('[1767261700,2]', '[1767261700,"good"]');
  await open(page, PROGRESS, edited);
  await expect(page.getByText('It was set aside, not deleted')).toBeVisible();
  const { answers, interviews } = await parsed(page);
  expect(answers['open-feed-reader']).toMatchObject({ tries: 90, rights: 80 });
  expect(answers['open-feed-reader'].log).toHaveLength(2);
  expect(interviews).toHaveLength(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download the data/ }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe(edited);
});

test('where storage is full, corrupt progress is left where it is', async ({ page }) => {
  const corrupt = saved.slice(0, -10);
  await plant(page, KEY, corrupt);
  await fill(page);
  await page.goto(LESSON);
  await expect(page.getByText('does not store your progress')).toBeVisible();
  await finish(page);
  expect(await stored(page)).toBe(corrupt);
});

test('where storage is full, what was saved stays, interviews too, and the new lasts on the page', async ({
  page,
}) => {
  await plant(page, KEY, saved);
  await fill(page);
  await page.goto('./lessons/auth-field/');
  await expect(page.getByText('does not store your progress')).toBeHidden();
  await finish(page);
  await expect(page.getByText('does not store your progress')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Done with this lesson' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await stored(page)).toBe(saved);
});

test('hostile files are refused in words, or cleaned, and nothing of them runs', async ({
  page,
}) => {
  await open(page, PROGRESS, saved);
  await choose(page, 'deep.json', '['.repeat(900_000));
  await expect(page.getByText('deep.json was not imported: it is not valid JSON')).toBeVisible();
  await choose(page, 'four.json', '{"version":4}');
  await expect(page.getByText('it has version 4, and this page knows 3')).toBeVisible();
  expect(await stored(page)).toBe(saved);

  const good = {
    chosen: ['a'],
    right: true,
    tries: 1,
    rights: 1,
    seed: 1,
    at: '3000-01-01T00:00:00Z',
  };
  const log = Array.from({ length: 60_000 }, (_, n) => [n, 3]);
  const script = '<img src=x onerror=alert(1)>';
  const hostile = {
    version: 2,
    lessons: { [script]: { done: true, at: good.at } },
    answers: {
      many: { ...good, log },
      less: { ...good, tries: -1 },
      more: { ...good, rights: 2 },
      words: { ...good, chosen: [script] },
    },
    interviews: [{ at: good.at, level: script, minutes: 1, seconds: 1, topics: [], results: [] }],
  };
  const text = JSON.stringify(hostile).replace(
    '"many"',
    `"__proto__":${JSON.stringify(good)},"many"`,
  );
  await choose(page, `${script}.json`, text);
  await expect(page.getByText(/1 entry new, .* 59946 could not be read/)).toContainText(script);
  await merge(page);
  const { answers, lessons, interviews } = await parsed(page);
  expect(Object.keys(answers)).toEqual(['open-feed-reader', 'many']);
  expect(answers.many).toMatchObject({ tries: 60, rights: 60 });
  expect(new Date(answers.many.at).getFullYear()).toBeLessThan(3000);
  expect(Object.keys(lessons)).toEqual(['start', 'cookies-cross']);
  expect(interviews).toHaveLength(1);
  expect(await page.evaluate(() => 'tries' in {})).toBe(false);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});
