// The review where something is in the way: other tabs, storage, the network, a course that has changed.
import { plant } from '../support/plant.ts';
import { expect, test } from '../support/test.ts';
import { answer, heading, KEY, next, openWith, question, REVIEW } from './review-page.ts';

const three = {
  'open-feed-reader': [['2026-11-10T12:00:00Z', 3]],
  'express-on-socket-path': [['2026-11-11T12:00:00Z', 3]],
  'login-in-the-page': [['2026-11-12T12:00:00Z', 3]],
} satisfies Parameters<typeof openWith>[1];

test.beforeEach(async ({ context }) => {
  await context.clock.setFixedTime('2026-11-20T12:00:00Z');
});

test('what another tab has answered is not asked again, and its count stands in both', async ({
  page,
  context,
}) => {
  await openWith(page, three);
  const other = await context.newPage();
  await other.goto(REVIEW);
  await expect(question(other, 'open-feed-reader')).toBeVisible();
  await answer(page, 'open-feed-reader', true);
  await expect(question(other, 'express-on-socket-path')).toBeVisible();
  await expect(other.getByText('2 due. 1 answered today, 1 right.')).toBeVisible();
});

test('a choice that is not checked yet, and reasons being read, are not taken away by another tab', async ({
  page,
  context,
}) => {
  await openWith(page, three);
  const other = await context.newPage();
  await other.goto(REVIEW);
  const choice = question(other, 'open-feed-reader').getByRole('radio').first();
  await choice.check();
  await answer(page, 'open-feed-reader', true);
  await expect(other.getByText('2 due. 1 answered today')).toBeVisible();
  await expect(choice).toBeChecked();
  await other.reload();
  await answer(other, 'express-on-socket-path', true);
  await expect(page.getByText('1 due. 2 answered today')).toBeVisible();
  await expect(question(page, 'open-feed-reader').getByText('A client that opens')).toBeVisible();
  await next(page).click();
  await expect(question(page, 'login-in-the-page')).toBeVisible();
});

test('a reset in another tab ends the review', async ({ page, context }) => {
  await openWith(page, three);
  await expect(question(page, 'open-feed-reader')).toBeVisible();
  const other = await context.newPage();
  await other.goto('./progress/');
  await other.getByRole('button', { name: 'Reset progress' }).click();
  await other.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(heading(page)).toHaveText('Nothing to review yet');
});

test('a question that the course no longer has is passed over, and stays in the progress', async ({
  page,
}) => {
  await openWith(page, { ...three, 'taken-out-of-the-course': [['2026-11-01T12:00:00Z', 1]] });
  await expect(page.getByText('3 due.')).toBeVisible();
  await answer(page, 'open-feed-reader', true);
  const text = await page.evaluate((key) => localStorage.getItem(key), KEY);
  expect(Object.keys(JSON.parse(text ?? '').answers)).toHaveLength(4);
});

test('a question that went while the page was open is passed over', async ({ page }) => {
  await page.route('**/questions/', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('id="open-feed-reader"', 'id="another-one"');
    await route.fulfill({ response, body });
  });
  await openWith(page, three);
  await expect(question(page, 'express-on-socket-path')).toBeVisible();
  await expect(page.getByText('2 due.')).toBeVisible();
});

test('questions that cannot be fetched are said to be missing, and asked for again', async ({
  page,
  expected,
}) => {
  expected.push(/503|ERR_INTERNET_DISCONNECTED/);
  let answers = 0;
  await page.route('**/questions/', (route) => {
    answers += 1;
    if (answers === 1) return route.abort('internetdisconnected');
    if (answers === 2) return route.fulfill({ status: 503, body: 'busy' });
    if (answers === 3) return route.fulfill({ contentType: 'text/html', body: 'Log in first' });
    return route.continue();
  });
  await openWith(page, three);
  const retry = page.getByRole('button', { name: 'Try again' });
  for (const _ of ['offline', 'busy', 'another page']) {
    await expect(heading(page)).toHaveText('The questions did not load');
    await expect(page.getByText('your answers are in this browser')).toBeVisible();
    await expect(page.getByText('3 due.')).toBeVisible();
    await retry.click();
  }
  await expect(question(page, 'open-feed-reader')).toBeVisible();
  await expect(heading(page)).toBeFocused();
  await expect(retry).toBeHidden();
});

test('where storage is full the review works, and says that nothing is kept', async ({ page }) => {
  await openWith(page, three);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const notice = page.getByText('does not store your progress');
  await expect(notice).toBeHidden();
  await answer(page, 'open-feed-reader', true);
  await expect(notice).toBeVisible();
  await next(page).click();
  await expect(question(page, 'express-on-socket-path')).toBeVisible();
  await expect(page.getByText('2 due. 1 answered today, 1 right.')).toBeVisible();
});

test('progress of a newer version is left as it is, and the page says so', async ({ page }) => {
  const newer = '{"version":99}';
  await plant(page, KEY, newer);
  await page.goto(REVIEW);
  await expect(page.getByText('saved by a newer version')).toBeVisible();
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBe(newer);
});

test.describe('where storage is blocked', () => {
  // Starlight's own theme script reads storage as well, and does not expect this.
  test.use({ expected: [/blocked by the browser|StarlightThemeProvider is not defined/] });

  test('the page says that nothing is kept', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('blocked by the browser', 'SecurityError');
        },
      });
    });
    await page.goto(REVIEW);
    await expect(page.getByText('does not store your progress')).toBeVisible();
    await expect(heading(page)).toHaveText('Nothing to review yet');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it needs, and where the questions can be read', async ({ page }) => {
    await page.goto(REVIEW);
    await expect(page.getByRole('note')).toContainText('Review needs JavaScript');
    await expect(page.getByRole('button', { name: /Next|Take|Try again/ })).toHaveCount(0);
    await page.getByRole('note').getByRole('link', { name: 'all questions' }).click();
    await expect(page).toHaveURL(/\/questions\/$/);
  });
});
