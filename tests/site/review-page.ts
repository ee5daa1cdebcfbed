// The review for tests: a reader's past, and answers to the questions of one lesson.
import type { Page } from '@playwright/test';
import { plant } from '../support/plant.ts';

export const KEY = 'handshake:progress';
export const REVIEW = './review/';

type Attempt = [time: string, grade: 1 | 2 | 3];

/** Opens `address` for a reader who has made these attempts, and finished these lessons. */
export async function openWith(
  page: Page,
  attempts: Record<string, Attempt[]>,
  { address = REVIEW, lessons = [] as string[] } = {},
): Promise<void> {
  const entries = Object.entries(attempts).map(([id, list]) => {
    const log = list.map(([time, grade]) => [Date.parse(time) / 1000, grade]);
    const right = (list.at(-1)?.[1] ?? 1) > 1;
    const rights = list.filter(([, grade]) => grade > 1).length;
    const at = new Date(list.at(-1)?.[0] ?? 0).toISOString();
    return [id, { chosen: [], right, tries: log.length, rights, at, seed: 1, log }];
  });
  const text = JSON.stringify({
    version: 2,
    lessons: Object.fromEntries(
      lessons.map((id) => [id, { done: true, at: '2026-11-01T00:00:00.000Z' }]),
    ),
    answers: Object.fromEntries(entries),
    interviews: [],
  });
  await plant(page, KEY, text);
  await page.goto(address);
}

/** Three questions of the first lesson: how they begin, and what is right. */
export const ASKED = {
  'open-feed-reader': [/Who reads what it broadcasts/, 'Any client that can reach the port'],
  'express-on-socket-path': [/stands above all routes/, 'Nothing, since Socket.IO takes it'],
  'login-in-the-page': [/opens its socket only after/, 'An attacker does not use the page'],
} as const;

export const heading = (page: Page) =>
  page.locator('question-review').getByRole('heading', { level: 2 });
export const next = (page: Page) =>
  page.locator('question-review').getByRole('button', { name: /^(Next|Finish)$/ });

export const question = (page: Page, id: keyof typeof ASKED) =>
  page.getByRole('group', { name: ASKED[id][0] });

/** Answers the question, which must be on show. */
export async function answer(page: Page, id: keyof typeof ASKED, right: boolean): Promise<void> {
  const group = question(page, id);
  const options = group.getByRole('radio');
  const good = group.getByRole('radio', { name: ASKED[id][1] });
  if (right) await good.check();
  else {
    const first = await good.evaluate((radio) => radio.closest('.option')?.matches(':first-child'));
    await options.nth(first ? 1 : 0).check();
  }
  await group.getByRole('button', { name: 'Check' }).click();
}
