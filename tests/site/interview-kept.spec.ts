// What an interview survives: reloads, other tabs, storage that is blocked, full, corrupt or of another version.
import type { Page } from '@playwright/test';
import {
  answer,
  begin,
  endNow,
  finish,
  heading,
  INTERVIEW,
  onward,
  openKept,
  reportOf,
  running,
  stored,
} from '../support/interview.ts';
import { expect, test } from '../support/test.ts';

/** What stands in the form of the question on show. */
const form = (page: Page) =>
  page.locator('quiz-question').evaluate((root) => ({
    order: [...root.querySelectorAll('[data-choice]')].map((each) =>
      each.getAttribute('data-choice'),
    ),
    chosen: [...root.querySelectorAll('input')].map((input) => [input.value, input.checked]),
    text: root.querySelector('textarea')?.value,
  }));

/** Goes on until a question of this kind is on show. */
async function until(page: Page, fits: (kind: string) => boolean): Promise<void> {
  while (!fits((await page.locator('quiz-question').getAttribute('data-kind')) ?? '')) {
    await answer(page);
    await onward(page);
  }
}

test('a reload in the middle loses nothing: answers, choices, order, text, ticks, time', async ({
  page,
}) => {
  await page.clock.install({ time: new Date('2026-11-21T12:00:00Z') });
  await begin(page);
  await answer(page);
  await onward(page);
  await until(page, (kind) => kind !== 'open' && kind !== 'order');
  await page.locator('quiz-question [data-choice] input').last().check();
  await page.getByRole('checkbox', { name: 'I am not sure' }).check();
  const before = await form(page);
  const place = await heading(page).innerText();
  await page.clock.runFor(60_000);
  await page.reload();
  await expect(page.getByText('The interview goes on where you were.')).toBeVisible();
  await expect(heading(page)).toHaveText(place);
  await expect(page.getByRole('timer')).toHaveText(/^1:0\d of 10:00$/);
  expect(await form(page)).toEqual(before);

  await until(page, (kind) => kind === 'open');
  await page.getByRole('textbox', { name: /^Your answer/ }).fill('Ask who it is, "each time" <b>');
  await page.getByRole('button', { name: 'Show the model answer' }).click();
  await page.getByRole('region', { name: 'The model answer' }).getByRole('checkbox').last().check();
  const open = await form(page);
  await page.reload();
  await expect(page.getByRole('region', { name: 'The model answer' })).toBeVisible();
  expect(await form(page)).toEqual(open);
  await page.getByRole('button', { name: 'Save what I ticked' }).click();
  await page.reload(); // answered, and not yet gone on: the next one is asked
  await finish(page);
  await expect(reportOf(page).getByText('Ask who it is, "each time" <b>')).toBeVisible();
  await expect(reportOf(page).locator('a[href*="/questions/#"]')).toHaveCount(
    Number(place.split(' of ')[1]),
  );
});

test('steps that were put in order stand so after a reload', async ({ page }) => {
  const id = 'order-from-connect-to-ban';
  await openKept(page, JSON.stringify({ ...BARE, questions: [id] }));
  const before = await form(page);
  await page.locator('quiz-question li button[data-by="1"]').first().click();
  const moved = await form(page);
  expect(moved.order).not.toEqual(before.order);
  await page.reload();
  await expect(heading(page)).toBeVisible();
  expect(await form(page)).toEqual(moved);
});

const BARE = {
  ...{ version: 1, level: 'mid', minutes: 10, topics: ['start'], seed: 3, seconds: 5 },
  ...{ questions: ['open-feed-reader'], results: [], at: 1_700_000_000_000, texts: {} },
};

test('a question that has left the course is not asked, and the page says so', async ({ page }) => {
  await openKept(
    page,
    JSON.stringify({ ...BARE, questions: ['gone-for-good', 'open-feed-reader', 'gone-too'] }),
  );
  await expect(page.getByText('2 questions left the course meanwhile')).toContainText(
    'The time that you were away does not count.',
  );
  await expect(heading(page)).toHaveText('Question 1 of 1');
  await expect(page.getByRole('group', { name: /Who reads what it broadcasts/ })).toBeVisible();
});

for (const [what, text] of [
  ['no JSON', '{oops'],
  ['edited by hand', JSON.stringify({ ...BARE, seconds: 'many' })],
] as const) {
  test(`an interview that cannot be read (${what}) is set aside, and nothing is lost`, async ({
    page,
  }) => {
    await openKept(page, text);
    await expect(page.getByText('An interview that was going on could not be read.')).toBeVisible();
    expect(await stored(page)).toBeNull();
    await begin(page, false);
    await page.goto('./progress/#set-aside');
    await expect(page.getByRole('button', { name: /^Download the data/ })).toHaveCount(1);
    expect(
      await page.evaluate(() =>
        Object.entries(localStorage).find(([key]) => key.includes('set-aside')),
      ),
    ).toContain(text);
  });
}

test('an interview of a newer version is left as it is until another one starts', async ({
  page,
}) => {
  const newer = '{"version":99,"everything":"new"}';
  await openKept(page, newer);
  await expect(page.getByText('a newer version of it may have written it')).toBeVisible();
  expect(await stored(page)).toBe(newer);
  await begin(page, false);
  expect((await running(page)).version).toBe(1);
  expect(await page.evaluate(() => Object.values(localStorage))).toContain(newer);
});

test('a second tab says that the interview runs in the other, and can take it over', async ({
  page,
  context,
  watch,
}) => {
  await begin(page);
  await answer(page);
  await onward(page);
  const other = await context.newPage();
  watch(other);
  await other.goto(INTERVIEW);
  await expect(other.getByText('An interview goes on in another tab.')).toBeVisible();
  await expect(heading(other)).toBeHidden();
  await other.getByRole('button', { name: 'Take it over here' }).click();
  await expect(heading(other)).toHaveText(/^Question 2/);
  await expect(page.getByText('An interview goes on in another tab.')).toBeVisible();
  await expect(heading(page)).toBeHidden();
  await endNow(other);
  await expect(reportOf(other)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start the interview' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Earlier interviews' })).toContainText(
    'of 1 right',
  );
});

test('a tab with the form open sees that an interview starts in another', async ({
  page,
  context,
}) => {
  await page.goto(INTERVIEW);
  const other = await context.newPage();
  await begin(other);
  await expect(page.getByText('An interview goes on in another tab.')).toBeVisible();
  await other.close();
  await page.getByRole('button', { name: 'Take it over here' }).click();
  await expect(heading(page)).toHaveText(/^Question 1/);
});
