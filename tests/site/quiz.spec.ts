import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

const LESSON = './lessons/start/';
const ANY_CLIENT = 'Any client that can reach the port';

const question = (page: Page, prompt: RegExp) => page.getByRole('group', { name: prompt });
const single = (page: Page) => question(page, /Who reads what it broadcasts/);
const multiple = (page: Page) => question(page, /must a server decide about a socket/);
const spot = (page: Page) => question(page, /puts a stranger's words into the feed/);

test.beforeEach(async ({ page }) => {
  await page.goto(LESSON);
});

/** Options stand in another order at each visit, so a key is pressed until the one meant has been reached. */
async function pressUntil(page: Page, key: string, reached: () => Promise<boolean>) {
  for (let pressed = 0; pressed < 30 && !(await reached()); pressed += 1)
    await page.keyboard.press(key);
}
const focused = (locator: Locator) => () =>
  locator.evaluate((element) => element === document.activeElement);

async function checkByKeyboard(page: Page, group: Locator) {
  await page.keyboard.press('Tab');
  await expect(group.getByRole('button', { name: 'Check' })).toBeFocused();
  await page.keyboard.press('Enter');
}

test('a question with one right answer can be answered by keyboard alone', async ({ page }) => {
  const group = single(page);
  const right = group.getByRole('radio', { name: ANY_CLIENT });
  await group.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await pressUntil(page, 'ArrowDown', () => right.isChecked());
  await expect(right).toBeChecked();
  await checkByKeyboard(page, group);
  await expect(group.getByRole('status')).toHaveText('Right.');
  await expect(group.getByRole('button', { name: 'Check' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(group.getByRole('checkbox', { name: 'I am not sure' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(group.getByRole('radio').first()).toBeFocused();
  await expect(group.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('a question with several right answers can be answered by keyboard alone', async ({
  page,
}) => {
  const group = multiple(page);
  const options = group.locator('.options').getByRole('checkbox');
  const toggle = async (name: RegExp) => {
    const option = group.getByRole('checkbox', { name });
    await options.first().focus();
    await pressUntil(page, 'Tab', focused(option));
    await page.keyboard.press('Space');
  };
  await toggle(/^At each CONNECT/);
  await toggle(/^At each ping/);
  await page.keyboard.press('Enter');
  await expect(group.getByRole('status')).toHaveText(
    'Not right yet: 1 of 2 found, 1 chosen wrongly.',
  );
  await expect(group.getByRole('checkbox', { name: /^At each ping/ })).toBeFocused();
  await page.keyboard.press('Space');
  await toggle(/^When the token expires/);
  await page.keyboard.press('Enter');
  await expect(group.getByRole('status')).toHaveText('Right.');
});

test('a line of code can be picked by keyboard alone, and Tab leaves the listing', async ({
  page,
}) => {
  const group = spot(page);
  const line = group.getByRole('radio', { name: /publish\(\{ id: null/ });
  await group.getByRole('radio').first().focus();
  await pressUntil(page, 'ArrowDown', () => line.isChecked());
  await expect(line).toBeFocused();
  await checkByKeyboard(page, group);
  await expect(group.getByRole('status')).toHaveText('Right.');
});

test('after a check every option has a verdict in words and its reason', async ({ page }) => {
  const group = single(page);
  await expect(group.getByText('The routes ask.')).toBeHidden();
  await group.getByRole('radio', { name: /since the server already asks/ }).check();
  await group.getByRole('button', { name: 'Check' }).click();
  await expect(group.getByText('Right', { exact: true })).toHaveCount(1);
  await expect(group.getByText('Wrong', { exact: true })).toHaveCount(3);
  await expect(group.getByText('Wrong, your choice')).toBeVisible();
  for (const reason of ['The routes ask.', 'CORS is a rule', 'A client that opens', 'Rooms narrow'])
    await expect(group.getByText(reason)).toBeVisible();
});

test('a chosen line without a reason of its own gets the common one', async ({ page }) => {
  const group = spot(page);
  await group.getByRole('radio', { name: /const io = new Server/ }).check();
  await group.getByRole('button', { name: 'Check' }).click();
  await expect(group.getByText('publishes nothing').first()).toBeVisible();
  await expect(group.getByText('A message of the right shape')).toBeVisible();
});

test('a check without a choice asks for one and records nothing; right answers are counted as they come', async ({
  page,
}) => {
  const group = single(page);
  await group.getByRole('button', { name: 'Check' }).click();
  await expect(group.getByRole('status')).toHaveText('Choose an answer first.');
  await expect(page.getByText('7 questions.').first()).toBeVisible();
  await group.getByRole('radio', { name: ANY_CLIENT }).check();
  await group.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('1 of 7 right so far.')).toHaveCount(2);
});

test('a question leads back to the section that answers it', async ({ page }) => {
  const link = single(page).getByRole('link').last();
  const target = new URL((await link.getAttribute('href')) ?? '', page.url()).hash.slice(1);
  await expect(page.getByRole('heading', { name: (await link.textContent()) ?? '' })).toHaveId(
    target,
  );
});

test('saved answers come back with their options in the order that they had', async ({ page }) => {
  const groups = [/Who reads what/, /stands above all routes/, /opens its socket only after/].map(
    (prompt) => question(page, prompt),
  );
  for (const group of groups) {
    await group.getByRole('radio').nth(1).check();
    await group.getByRole('button', { name: 'Check' }).click();
  }
  const labels = () =>
    Promise.all(groups.map((group) => group.locator('.options label').allTextContents()));
  const order = await labels();
  await page.reload();
  // Where the order were another at each visit, three of the same would be one in some thousands.
  for (const group of groups) {
    await expect(group.getByText(/Saved on/)).toBeVisible();
    await expect(group.getByRole('radio').nth(1)).toBeChecked();
  }
  expect(await labels()).toEqual(order);
});

test('nothing moves in the quiz when saved answers come back on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const groups = page.getByRole('group', { name: /^Question/ });
  const heights = () =>
    groups.evaluateAll((all) => all.map((group) => group.getBoundingClientRect().height));
  const fresh = await heights();
  await single(page).getByRole('radio', { name: ANY_CLIENT }).check();
  await single(page).getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Done with this lesson' }).click();
  await page.reload();
  await expect(single(page).getByText(/^Right\. Saved on/)).toBeVisible();
  expect(fresh).toHaveLength(7);
  expect(await heights()).toEqual(fresh);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('questions can be read and their answers opened', async ({ page }) => {
    const group = single(page);
    await expect(group.getByRole('radio')).toHaveCount(4);
    await expect(group.getByRole('button', { name: 'Check' })).toBeHidden();
    await expect(group.getByText('The routes ask.')).toBeHidden();
    await group.getByText('Answers and reasons').click();
    await expect(group.getByText('The routes ask.')).toBeVisible();
    await expect(group.getByText('Right', { exact: true })).toBeVisible();
    await expect(page.getByRole('note').last()).toContainText('keeping progress need JavaScript');
  });
});
