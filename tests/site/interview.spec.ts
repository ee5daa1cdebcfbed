// The mock interview: from the form to the report, with the browser's clock in the test's hand.
import type { Page } from '@playwright/test';
import {
  answer,
  begin,
  endNow,
  heading,
  INTERVIEW,
  NOON,
  onward,
  reportOf,
  stored,
  withInterviews,
} from '../support/interview.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page }) => {
  await page.clock.install({ time: NOON });
});

test('the form says what the interview will be', async ({ page }) => {
  await page.goto(INTERVIEW);
  const sum = page.getByText(/^\d+ questions, about \d+ minutes/);
  await page.getByRole('radio', { name: '10 minutes' }).check();
  await expect(sum).toHaveText(/^[4-7] questions, about (9|10|11) minutes\.$/);
  await page.getByRole('radio', { name: '40 minutes' }).check();
  await expect(sum).toHaveText(/^(1[6-9]|2\d) questions, about (39|40|41) minutes\.$/);
  await page.getByRole('button', { name: 'Choose none' }).click();
  await expect(page.getByText('Choose at least one topic.')).toBeVisible();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await expect(page.getByRole('checkbox', { name: 'The open door' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(sum).toContainText('these topics have no more to ask');
});

test('topics are the lessons that are done, and all when none is', async ({ page }) => {
  await page.goto(INTERVIEW);
  const topics = page.getByRole('group', { name: 'Topics' }).getByRole('checkbox');
  await expect(topics.and(page.locator(':checked'))).toHaveCount(await topics.count());
  await page.goto('./lessons/start/');
  await page.getByRole('button', { name: 'Done with this lesson' }).click();
  await page.goto(INTERVIEW);
  await expect(topics.and(page.locator(':checked'))).toHaveCount(1);
  await expect(page.getByRole('checkbox', { name: 'The open door' })).toBeChecked();
});

test('a 10-minute interview goes from the form to the report by keyboard alone', async ({
  page,
}) => {
  await page.goto(INTERVIEW);
  await page.getByRole('radio', { name: 'Mid-level' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: '10 minutes' })).toBeChecked();
  await page.getByRole('button', { name: 'Start the interview' }).focus();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toBeFocused();
  const [, number = ''] = /of (\d+)/.exec(await heading(page).innerText()) ?? [];
  for (let place = 1; place <= Number(number); place += 1) {
    await expect(heading(page)).toHaveText(`Question ${place} of ${number}`);
    await expect(heading(page)).toBeFocused();
    await byKeyboard(page);
    await expect(page.getByText('Your answer is in. How it went comes at the end.')).toBeVisible();
    await expect(page.getByText(/^(Right|Not right|Wrong)/).filter({ visible: true })).toHaveCount(
      0,
    );
    await expect(
      page.getByRole('button', { name: String(place) === number ? 'To the report' : 'Next' }),
    ).toBeFocused();
    await page.clock.runFor(20_000);
    await page.keyboard.press('Enter');
  }
  await expect(
    page.getByRole('heading', { name: /^Your report: Mid-level, 10 min/ }),
  ).toBeFocused();
  const report = reportOf(page);
  await expect(report.getByText(/^\d of \d right, \d+%\.$/)).toBeVisible();
  await expect(report.getByText(/^It took [12]:\d\d of 10:00 minutes\./)).toBeVisible();
  await expect(report.getByRole('listitem').locator('a[href*="/questions/#"]')).toHaveCount(
    Number(number),
  );
  expect(await stored(page)).toBeNull();
});

/** Answers the question on show by keys: the first choice, or the model answer and its first tick. */
async function byKeyboard(page: Page): Promise<void> {
  const tab = async (until: string) => {
    for (let n = 0; n < 80; n += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((what) => document.activeElement?.matches(what), until)) return;
    }
    throw new Error(`Tab does not get to ${until}`);
  };
  const kind = await page.locator('quiz-question').getAttribute('data-kind');
  if (kind === 'open') {
    await tab('textarea');
    await page.keyboard.type('Close the socket.');
    await tab('[type="submit"]');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'The model answer' })).toBeFocused();
    await expect(page.getByText('What an interviewer asks next', { exact: true })).toBeVisible();
    await tab('[type="checkbox"]');
    await page.keyboard.press('Space');
  } else if (kind === 'order') {
    await tab('li button');
    await page.keyboard.press('ArrowDown');
  } else {
    await tab('input');
    await page.keyboard.press('Space');
  }
  await tab('[type="submit"]');
  await page.keyboard.press('Enter');
}

test('ended early, the report holds what was asked; with no answer nothing is kept', async ({
  page,
}) => {
  await begin(page);
  await endNow(page);
  await expect(page.getByText('No question was answered, so nothing is kept.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'A new interview' })).toBeFocused();
  await begin(page, false);
  await answer(page);
  await onward(page);
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(heading(page)).toHaveText(/^Question 3/);
  await endNow(page);
  await expect(reportOf(page).getByText(/^[01] of 2 right/)).toBeVisible();
  await expect(reportOf(page).getByText('Skipped')).toHaveCount(1);
  await expect(reportOf(page).getByRole('heading', { name: 'What to read first' })).toBeVisible();
});

test('an end before the last question is asked about once, and goes on if the reader does', async ({
  page,
}) => {
  await begin(page);
  await page.getByRole('button', { name: 'End now' }).click();
  await expect(page.getByText(/^\d+ questions would stay unanswered/)).toBeVisible();
  await expect(heading(page)).toHaveText(/^Question 1/);
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(heading(page)).toHaveText(/^Question 2/);
  await expect(page.getByRole('button', { name: 'Yes, end it' })).toHaveCount(0);
  await endNow(page);
  await expect(reportOf(page).getByText('0 of 1 right, 0%.')).toBeVisible();
});

test('a report leads to the question and to its section', async ({ page }) => {
  await begin(page);
  await page.getByRole('button', { name: 'Skip' }).click();
  await endNow(page);
  const links = reportOf(page).getByRole('listitem').last().getByRole('link');
  const [question, section] = await links.evaluateAll((all) =>
    all.map((each) => (each as HTMLAnchorElement).href),
  );
  expect(question).toMatch(/\/questions\/#[a-z0-9-]+$/);
  expect(section).toMatch(/\/lessons\/[a-z0-9-]+\/#[a-z0-9-]+$/);
  for (const address of [question, section]) {
    await page.goto(address ?? '');
    await expect(page.locator(`[id="${address?.split('#')[1]}"]`)).toHaveCount(1);
  }
});

test('interviews are listed, open their reports, and the next is compared with the last of its level', async ({
  page,
}) => {
  await withInterviews(page);
  const history = page.getByRole('region', { name: 'Earlier interviews' });
  await expect(
    history.getByText('Mid-level, 20 minutes, Nov 2, 2026: 1 of 2 right, 50%'),
  ).toBeVisible();
  await history.getByText('Senior, 10 minutes, Nov 3, 2026').click();
  await expect(history.getByRole('listitem').getByText('Right', { exact: true })).toBeVisible();
  await expect(history.getByText('It took 8:20 of 10:00 minutes.')).toContainText(
    'the first at this',
  );
  await history.getByText('Mid-level, 20 minutes, Nov 2, 2026').click();
  await expect(history.getByText('No longer in the course')).toBeVisible();
  await begin(page, false);
  await expect(history).toBeHidden();
  await page.getByRole('button', { name: 'Skip' }).click();
  await endNow(page);
  await expect(page.getByText(/down from 1 of 2 the last time, on Nov 2, 2026/)).toBeVisible();
  await page.getByRole('button', { name: 'New interview' }).click();
  await expect(
    history.getByText(/Mid-level, 10 minutes, Nov 21, 2026: 0 of 1 right/),
  ).toBeVisible();
});
