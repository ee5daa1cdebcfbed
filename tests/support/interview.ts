// How a test holds a mock interview.
import { expect, type Page } from '@playwright/test';
import { plant } from './plant.ts';

export const INTERVIEW = './interview/';
const KEY = 'handshake:interview';
/** When the browser's clock begins. */
export const NOON = new Date('2026-11-21T12:00:00Z');

/** "Question 2 of 5". */
export const heading = (page: Page) => page.getByRole('heading', { name: /^Question \d+ of \d+$/ });
export const reportOf = (page: Page) => page.getByRole('region', { name: /^Your report/ });
/** The running interview, as storage holds it. */
export const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);
/** The same, read. */
export const running = async (page: Page) => JSON.parse((await stored(page)) ?? 'null');
/** Opens the page where this text is kept of an interview. */
export async function openKept(page: Page, text: string): Promise<void> {
  await plant(page, KEY, text);
  await page.goto(INTERVIEW);
}

/** Starts an interview of 10 minutes. */
export async function begin(page: Page, open = true): Promise<void> {
  if (open) await page.goto(INTERVIEW);
  await page.getByRole('radio', { name: '10 minutes' }).check();
  await page.getByRole('button', { name: 'Start the interview' }).click();
  await expect(heading(page)).toHaveText(/^Question 1/);
}

/** Answers the question on show, whatever kind it is. */
export async function answer(page: Page): Promise<void> {
  const question = page.locator('quiz-question');
  const kind = await question.getAttribute('data-kind');
  if (kind === 'open') {
    await question.getByRole('button', { name: 'Show the model answer' }).click();
    await question.getByRole('checkbox').first().check();
    await question.getByRole('button', { name: 'Save what I ticked' }).click();
  } else {
    if (kind !== 'order') await question.locator('[data-choice] input').first().check();
    await question.getByRole('button', { name: 'Answer', exact: true }).click();
  }
  await expect(page.getByText('Your answer is in.')).toBeVisible();
}

export async function onward(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Next|To the report)$/ }).click();
}

/** Answers what is left. */
export async function finish(page: Page): Promise<void> {
  await expect(heading(page).or(reportOf(page))).toBeVisible();
  while (await heading(page).isVisible()) {
    await answer(page);
    await onward(page);
  }
  await expect(reportOf(page)).toBeVisible();
}

/** Opens the page as for a reader who has held three interviews. */
export async function withInterviews(page: Page): Promise<void> {
  const held = (at: string, level: string, minutes: number, results: unknown) => ({
    ...{ at, level, minutes, seconds: 500, topics: ['start'], results },
  });
  const progress = {
    version: 2,
    lessons: {},
    answers: {},
    interviews: [
      held('2026-11-01T10:00:00.000Z', 'mid', 20, [['open-feed-reader', 3]]),
      held('2026-11-02T10:00:00.000Z', 'mid', 20, [
        ['open-feed-reader', 3],
        ['a-question-of-old', 1],
      ]),
      held('2026-11-03T10:00:00.000Z', 'senior', 10, [['open-feed-reader', 3]]),
    ],
  };
  await plant(page, 'handshake:progress', JSON.stringify(progress));
  await page.goto(INTERVIEW);
}

/** Ends it before its last question, and says so twice. */
export async function endNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'End now' }).click();
  await page.getByRole('button', { name: 'Yes, end it' }).click();
}
