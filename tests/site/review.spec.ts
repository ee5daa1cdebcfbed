// The review from day to day: what comes back, when, in which order, and where it ends.
import { expect, test } from '../support/test.ts';
import { answer, heading, next, openWith, question, REVIEW } from './review-page.ts';

test.use({ timezoneId: 'America/New_York' });

const NOON = '2026-11-20T12:00:00-05:00';
const three = {
  'open-feed-reader': [['2026-11-10T12:00:00-05:00', 3]],
  'express-on-socket-path': [['2026-11-11T12:00:00-05:00', 3]],
  'login-in-the-page': [['2026-11-12T12:00:00-05:00', 3]],
} satisfies Parameters<typeof openWith>[1];

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime(NOON);
});

test('what was wrong in a lesson is due at once, what was right is due days later', async ({
  page,
}) => {
  await page.goto('./lessons/start/');
  await answer(page, 'open-feed-reader', false);
  await answer(page, 'login-in-the-page', true);
  await page.goto(REVIEW);
  await expect(heading(page)).toHaveText('Question 1, asked again');
  await expect(page.getByText('1 due. 2 answered today, 1 right.')).toBeVisible();
  await answer(page, 'open-feed-reader', true);
  await expect(page.getByText('It comes again on Nov 22.')).toBeVisible();
  await next(page).click();
  await expect(heading(page)).toHaveText('Done for today');
  await expect(page.getByText('Next on Nov 22: 2 questions.')).toBeVisible();

  await page.clock.setFixedTime('2026-11-21T23:59:00-05:00');
  await page.reload();
  await expect(heading(page)).toHaveText('Nothing is due today');
  await expect(page.getByText('Next on Nov 22: 2 questions.')).toBeVisible();

  await page.clock.setFixedTime('2026-11-22T00:01:00-05:00');
  await page.reload();
  await expect(page.getByText('2 due.')).toBeVisible();
  await expect(heading(page)).toHaveText('Question 1');
});

test('a page left open overnight goes on in the morning', async ({ page }) => {
  await openWith(page, { 'open-feed-reader': [['2026-11-19T12:00:00-05:00', 3]] });
  await expect(heading(page)).toHaveText('Nothing is due today');
  await page.clock.setFixedTime('2026-11-21T08:00:00-05:00');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(question(page, 'open-feed-reader')).toBeVisible();
});

test('a wrong one comes again after the others, and the day has an end', async ({ page }) => {
  await openWith(page, three);
  await expect(page.getByText('3 due.')).toBeVisible();
  await answer(page, 'open-feed-reader', false);
  await expect(page.getByText('It comes again today, after the others.')).toBeVisible();
  await expect(page.getByText('3 due. 1 answered today, 0 right.')).toBeVisible();
  await next(page).click();
  await answer(page, 'express-on-socket-path', true);
  await next(page).click();
  await answer(page, 'login-in-the-page', true);
  await next(page).click();
  await expect(heading(page)).toHaveText('Question 4, asked again');
  await answer(page, 'open-feed-reader', true);
  await expect(next(page)).toHaveText('Finish');
  await next(page).click();
  await expect(heading(page)).toHaveText('Done for today');
  await expect(page.getByText('4 answered today, 3 right.')).toBeVisible();
});

test('after a check the reasons stand, the section explains again, and nothing can be counted twice', async ({
  page,
}) => {
  await openWith(page, three);
  const group = question(page, 'open-feed-reader');
  await expect(page.getByRole('link', { name: 'The feed nobody guards' })).toBeHidden();
  await answer(page, 'open-feed-reader', false);
  await expect(group.getByText('A client that opens')).toBeVisible();
  await expect(group.getByRole('status')).toHaveText('Not right.');
  await expect(group.getByRole('radio').first()).toBeDisabled();
  await expect(group.getByRole('button', { name: 'Check' })).toBeHidden();
  const explain = page.getByRole('link', { name: 'The feed nobody guards' });
  await expect(explain).toHaveCount(1);
  await explain.click();
  await expect(page).toHaveURL(/\/lessons\/start\/#the-feed-nobody-guards$/);
});

test('a reload in the middle loses nothing', async ({ page }) => {
  await openWith(page, three);
  await answer(page, 'open-feed-reader', true);
  await page.reload();
  await expect(page.getByText('2 due. 1 answered today, 1 right.')).toBeVisible();
  await expect(question(page, 'express-on-socket-path')).toBeVisible();
});

test('a hint or doubt brings a question back sooner', async ({ page }) => {
  await openWith(page, {
    'open-feed-reader': [
      ['2026-11-01T12:00:00-05:00', 3],
      ['2026-11-03T12:00:00-05:00', 3],
    ],
    'express-on-socket-path': [
      ['2026-11-01T12:00:00-05:00', 3],
      ['2026-11-03T12:00:00-05:00', 3],
    ],
  });
  const day = async () => {
    const words = await page.getByText(/^It comes again on/).textContent();
    return Date.parse(`${words?.replace(/^.* on |\.$/g, '')}, 2026`);
  };
  await answer(page, 'open-feed-reader', true);
  const sure = await day();
  await next(page).click();
  await page.getByLabel('I am not sure').check();
  await answer(page, 'express-on-socket-path', true);
  expect(await day()).toBeLessThan(sure);
});

test('new questions are offered when all is done, and counted for the day', async ({ page }) => {
  await openWith(page, { 'open-feed-reader': [['2026-11-20T09:00:00-05:00', 3]] });
  await expect(heading(page)).toHaveText('Done for today');
  await page.getByRole('button', { name: 'Take 5 new questions' }).click();
  await expect(heading(page)).toHaveText('Question 1, new');
  await expect(heading(page)).toBeFocused();
  await expect(page.getByText('5 new. 1 answered today')).toBeVisible();
  const group = page.getByRole('group', { name: /You have secured REST APIs before/ });
  await group.getByRole('button', { name: 'Show the model answer' }).click();
  for (const tick of await group.getByRole('checkbox').all()) await tick.check();
  await group.getByRole('button', { name: 'Save what I ticked' }).click();
  await next(page).click();
  await expect(page.getByText('4 new. 2 answered today')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Take 4 new questions' })).toBeVisible();
});

test('a reader of one finished lesson without an answer is offered its questions', async ({
  page,
}) => {
  await openWith(page, {}, { lessons: ['start'] });
  await expect(heading(page)).toHaveText('Nothing is due today');
  await expect(page.getByRole('button', { name: 'Take 5 new questions' })).toBeVisible();
});

test('a new reader is led to the first lesson, and no question is fetched', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(REVIEW, { waitUntil: 'networkidle' });
  await expect(heading(page)).toHaveText('Nothing to review yet');
  expect(fetched.filter((url) => url.endsWith('/questions/'))).toEqual([]);
  await page.locator('question-review').getByRole('link', { name: 'The open door' }).click();
  await expect(page).toHaveURL(/\/lessons\/start\/$/);
});

test('below a path the questions are fetched, and lead back, below it', async ({ page }) => {
  await openWith(page, three, { address: 'http://localhost:4390/review/' });
  const text = await page.evaluate(() => localStorage.getItem('handshake:progress') ?? '');
  await page.goto('http://localhost:4391/handshake/404');
  await page.evaluate((value) => localStorage.setItem('handshake:progress', value), text);
  await page.goto('http://localhost:4391/handshake/review/');
  await answer(page, 'open-feed-reader', true);
  await page.getByRole('link', { name: 'The feed nobody guards' }).click();
  await expect(page).toHaveURL(/\/handshake\/lessons\/start\/#the-feed-nobody-guards$/);
});
