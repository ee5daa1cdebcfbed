// The guide of lesson "choose": five questions, an answer that is announced, and a table of all answers.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';

const LESSON = './lessons/choose/';
const question = (page: Page, name: string) => page.getByRole('group', { name });
const answer = (page: Page) => page.getByRole('region', { name: 'The answer' });
const status = (page: Page) => answer(page).getByRole('status');

/** Chooses these answers by their labels. */
async function choose(page: Page, ...labels: string[]): Promise<void> {
  for (const label of labels) {
    await page.getByRole('radio', { name: new RegExp(`^${label}`) }).check();
  }
}

test('the guide can be answered by keyboard alone, and its answer is announced', async ({
  page,
}) => {
  await page.goto(LESSON);
  await expect(status(page)).toHaveText('5 questions to go.');
  await question(page, 'Who connects?').getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await expect(status(page)).toHaveText('4 questions to go.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space'); // of the server's own site: what the client can set is idle now
  await expect(status(page)).toHaveText('2 questions to go.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(status(page)).toHaveText('Use a JWT in an HttpOnly cookie.');
  await page.keyboard.press('ArrowUp');
  await expect(status(page)).toHaveText('Use a session.');
  await expect(answer(page)).toContainText('A logout deletes one row');
  await expect(answer(page)).toContainText('Announce each logout to all nodes');
  await page.keyboard.press('Tab');
  await expect(answer(page).getByRole('link').first()).toBeFocused();
});

test('a question that makes no difference says so, and Tab passes it by', async ({ page }) => {
  await page.goto(LESSON);
  const site = question(page, 'Where do the pages come from?');
  await choose(page, 'Other clients too');
  await expect(site.getByText('makes no difference here')).toBeVisible();
  await expect(site.getByRole('radio').first()).toBeDisabled();
  await question(page, 'Who connects?').getByRole('radio').last().focus();
  await page.keyboard.press('Tab');
  await expect(question(page, 'Who signs your users in?').getByRole('radio').first()).toBeFocused();
  await choose(page, 'Pages in a browser');
  await expect(site.getByText('makes no difference here')).toBeHidden();
  await expect(site.getByRole('radio').first()).toBeEnabled();
});

test('the address keeps the answers: it opens the guide at its answer, and Back leaves the page', async ({
  page,
}) => {
  await page.goto('./favicon.svg');
  await page.goto(LESSON);
  await choose(page, 'Other clients too', 'An identity provider', 'At once', 'The URL');
  await expect(status(page)).toHaveText('Use a ticket in the query.');
  const address = page.url();
  expect(address).toMatch(/#carrier=others\+provider\+now\+url$/);
  await expect(answer(page).getByRole('link', { name: 'A link to these answers' })).toHaveAttribute(
    'href',
    new URL(address).hash,
  );
  await page.goBack();
  await expect(page).toHaveURL(/favicon\.svg$/);
  await page.goto(address);
  await expect(status(page)).toHaveText('Use a ticket in the query.');
  await expect(status(page)).toBeInViewport();
  await expect(page.getByRole('radio', { name: /^At once/ })).toBeChecked();
});

test('an address with nonsense for answers asks all five questions', async ({ page }) => {
  await page.goto(`${LESSON}#carrier=__proto__+constructor+%3Cimg%3E`);
  await expect(status(page)).toHaveText('5 questions to go.');
});

test('the answer says what its row of the table says, and the guide starts over with the first question', async ({
  page,
}) => {
  await page.goto(`${LESSON}#carrier=pages+other+own+later+auth`);
  await expect(status(page)).toHaveText('Use a token in the auth field.');
  await page.getByText('All answers in a table').click();
  const row = page.getByRole('row', { name: /pages only, of another site, the client sets auth/ });
  for (const sentence of await row.getByRole('listitem').allInnerTexts()) {
    await expect(answer(page).getByRole('listitem').filter({ hasText: sentence })).toHaveCount(1);
  }
  const always = page.getByRole('row', { name: /^always/ }).getByRole('cell');
  const last = await always.last().innerText();
  await expect(answer(page).getByRole('listitem').last()).toHaveText(last);

  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(status(page)).toHaveText('5 questions to go.');
  await expect(page.getByRole('radio', { name: 'Pages in a browser' })).toBeFocused();
  await expect(answer(page).getByText('Because')).toBeHidden();
  expect(page.url()).toMatch(/lessons\/choose\/$/);
});

for (const width of [1280, 360]) {
  test(`axe finds nothing in the guide with an answer and its table open, light and dark, at ${width} px`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${LESSON}#carrier=others+provider+now+auth`);
    await page.getByText('All answers in a table').click();
    // By its element: on a phone rows are cards, and getByRole finds none.
    await expect(page.locator('tr', { hasText: /^\s*always/i })).toBeVisible();
    await expect(page.getByText('makes no difference here')).toBeVisible();
    expect(await audit(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await audit(page, { only: ['color-contrast'] })).toEqual([]); // only colors differ
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test('the script of the guide weighs at most 3 kB gzip', async ({ page }) => {
  const scripts = new Set<string>();
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) scripts.add(request.url());
  });
  await page.goto('./lessons/passport/', { waitUntil: 'networkidle' });
  const others = new Set(scripts);
  await page.goto(LESSON, { waitUntil: 'networkidle' });
  const own = [...scripts].filter((url) => !others.has(url));
  const files = own.map(async (url) => (await page.request.get(url)).body());
  const weight = (await Promise.all(files)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  expect(own.length).toBeGreaterThan(0); // it is no part of what other lessons load
  expect(weight).toBeLessThan(3 * 1024);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the guide is a table of all answers, with the same reasons', async ({ page }) => {
    await page.goto(LESSON);
    await expect(page.getByRole('group', { name: 'Who connects?' })).toBeHidden();
    await expect(page.getByText('questions to go')).toBeHidden();
    const rows = page.getByRole('row', { name: /^(pages only|other clients too),/ });
    await expect(rows).toHaveCount(7);
    await expect(rows.getByText('A logout deletes one row')).toBeVisible();
    await expect(page.getByRole('row', { name: /^a logout at once/ })).toBeVisible();
  });
});
