// The page of all questions: found, linked, opened, printed, and read without a script.
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { shorten } from '../support/one-lesson.ts';
import { expect, test } from '../support/test.ts';

const PAGE = './questions/';
const ORDER = 'order-from-connect-to-ban';

const items = (page: Page) => page.locator('.bank-item:visible');
/** By its class: a role is looked for among all that a page has, and this one has hundreds of questions. */
const tools = (page: Page) => page.locator('.bank-tools');
const words = (page: Page) => tools(page).getByRole('searchbox', { name: /^Words in a question/ });
const found = (page: Page) => tools(page).getByRole('status');
const opened = (page: Page) => page.locator('.bank-item > details[open]');

test('questions are found by the words of their answers, and the address keeps what was asked', async ({
  page,
}) => {
  await page.goto(PAGE);
  await expect(page.getByRole('search').getByRole('searchbox')).toHaveCount(1);
  const all = await items(page).count();
  expect(all).toBeGreaterThanOrEqual(150);
  await expect(found(page)).toHaveText(`${all} questions.`);
  await words(page).fill('whom banned NINE stands');
  await expect(found(page)).toHaveText(`1 of ${all} questions.`);
  await expect(items(page)).toHaveAttribute('id', ORDER);
  await expect(page).toHaveURL(/\?q=whom\+banned\+NINE\+stands$/);
  await page.reload();
  await expect(words(page)).toHaveValue('whom banned NINE stands');
  await expect(items(page)).toHaveCount(1);
  await words(page).fill('');
  await expect(items(page)).toHaveCount(all);
  await expect(page).toHaveURL(/questions\/$/);
});

test('questions are found by lesson, level and kind, from an address too', async ({ page }) => {
  await page.goto(PAGE);
  await tools(page).getByRole('combobox', { name: 'Lesson' }).selectOption('The open door');
  await tools(page).getByRole('combobox', { name: 'Level' }).selectOption('Senior');
  await tools(page).getByRole('combobox', { name: 'Kind' }).selectOption('In your own words');
  await expect(page).toHaveURL(/\?lesson=start&level=senior&kind=open$/);
  await expect(items(page)).toHaveCount(1);
  await page.goto(`${PAGE}?kind=order`);
  const kinds = await items(page).evaluateAll((all) => all.map((one) => one.dataset['kind']));
  expect(kinds.length).toBeGreaterThanOrEqual(10);
  expect(new Set(kinds)).toEqual(new Set(['order']));
  await expect(tools(page).getByRole('combobox', { name: 'Kind' })).toHaveValue('order');
});

test('an address that asks for nonsense shows every question, and nothing of it is markup', async ({
  page,
}) => {
  await page.goto(`${PAGE}?kind=__proto__&lesson=%22%3E%3Cb%3E&level=boss`);
  await expect(found(page)).toHaveText(/^\d+ questions\.$/);
  await page.goto(`${PAGE}?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  await expect(found(page)).toHaveText(/^0 of \d+ questions\.$/);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
});

test('the address of a question opens it, and comes before a filter that hides it', async ({
  page,
}) => {
  await page.goto(`${PAGE}?kind=open#${ORDER}`);
  const group = page.locator(`#${ORDER}`).getByRole('group', { name: /Bob connects at nine/ });
  await expect(group.getByRole('button', { name: 'Check' })).toBeVisible();
  await expect(page.locator(`#${ORDER} summary`).first()).toBeInViewport();
  await expect(opened(page)).toHaveCount(1);
  await page.goto(`${PAGE}#no-such-question`);
  await expect(found(page)).toHaveText(/questions\.$/);
  const link = page.locator(`#${ORDER}`).getByRole('link', { name: `Link to ${ORDER}` });
  await link.press('Enter');
  await expect(page).toHaveURL(new RegExp(`#${ORDER}$`));
  await expect(group.getByRole('button', { name: 'Check' })).toBeVisible();
});

test('a question comes to life when it is opened, and not before; all that are found are opened and folded', async ({
  page,
}) => {
  await page.goto(`${PAGE}?kind=order`);
  await expect(page.locator('quiz-question')).toHaveCount(0);
  await page.locator(`#${ORDER} summary`).first().press('Enter');
  await expect(page.locator('quiz-question')).toHaveCount(1);
  await expect(page.locator(`#${ORDER} quiz-question`)).toBeVisible();
  const count = await items(page).count();
  await tools(page).getByRole('button', { name: 'Open all' }).click();
  await expect(opened(page)).toHaveCount(count);
  await tools(page).getByRole('button', { name: 'Fold all' }).click();
  await expect(opened(page)).toHaveCount(0);
});

test('a printed sheet has every question that was found, and answers on request', async ({
  page,
}) => {
  await page.goto(`${PAGE}?lesson=start`);
  const item = page.locator('#open-feed-reader');
  const answer = item.getByText('A client that opens a connection and sends');
  const option = item.getByText('Any client that can reach the port, since').first();
  const paper = async () => {
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
  };
  await paper();
  await expect(option).toBeVisible();
  await expect(answer).toBeHidden();
  await expect(tools(page).getByRole('button', { name: 'Open all' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(opened(page)).toHaveCount(0);
  await tools(page).getByRole('checkbox', { name: 'Print the answers too' }).check();
  await paper();
  await expect(answer).toBeVisible();
});

test('axe finds nothing on all questions with one of each kind open, light, dark and in forced colors', async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await shorten(page); // their kinds are the same in each lesson
  await page.goto(PAGE);
  for (const kind of ['single', 'multiple', 'spot', 'predict', 'order', 'open']) {
    const item = page.locator(`.bank-item[data-lesson="start"][data-kind="${kind}"]`).first();
    await item.locator('summary').first().press('Enter');
    await item.getByRole('button', { name: /^(Check|Show the model answer)$/ }).press('Enter');
  }
  expect(await audit(page, { within: 'main' })).toEqual([]);
  for (const look of [
    { colorScheme: 'dark', forcedColors: 'none' },
    { colorScheme: 'light', forcedColors: 'active' },
    { colorScheme: 'dark', forcedColors: 'active' },
  ] as const) {
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    const found = await audit(page, { within: 'main', only: ['color-contrast'] }); // only colors differ
    expect(found, JSON.stringify(look)).toEqual([]);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('every kind of question can be opened and its answers read', async ({ page }) => {
    await shorten(page);
    await page.goto(PAGE);
    await expect(page.getByRole('search')).toBeHidden();
    for (const [id, text] of [
      ['open-feed-reader', 'A client that opens a connection and sends'],
      ['decide-again', 'CONNECT is where a socket gets in.'],
      ['spot-stranger-speaks', 'A message of the right shape is published'],
      ['stranger-at-second-namespace', 'So whoever asks is in.'],
      [ORDER, 'Whom to look up stands in a verified claim.'],
      ['rest-habits-for-sockets', 'Would you look the user up at each event?'],
    ] as const) {
      const item = page.locator(`#${id}`);
      await item.locator('summary').first().click();
      const answers = item.getByText(/^(Answers and reasons|One good answer)$/);
      await expect(item.getByText(text).last()).toBeHidden();
      await answers.last().click();
      await expect(item.locator('.answers').getByText(text)).toBeVisible();
    }
  });
});
