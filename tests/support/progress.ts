// A reader's progress, as the pages show it and as storage holds it.
import type { Page } from '@playwright/test';
import { plant } from './plant.ts';

export const KEY = 'handshake:progress';
export const LESSON = './lessons/start/';
export const PROGRESS = './progress/';
export const saved = JSON.stringify({
  version: 3,
  lessons: { start: { done: true, at: '2026-01-02T10:00:00.000Z' } },
  answers: {
    'open-feed-reader': {
      chosen: ['any-client'],
      right: true,
      tries: 1,
      rights: 1,
      at: '2026-01-02T10:00:00.000Z',
      seed: 7,
      log: [[1767348000, 3]],
    },
  },
  labs: {},
  interviews: [],
});

export const question = (page: Page) =>
  page.getByRole('group', { name: /Who reads what it broadcasts/ });
export const row = (page: Page) => page.getByRole('row', { name: /The open door/ });
export const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);

export async function answerRight(page: Page) {
  await question(page).getByRole('radio', { name: 'Any client that can reach the port' }).check();
  await question(page).getByRole('button', { name: 'Check' }).click();
}

/** Opens a page with this text already stored. */
export async function open(page: Page, address: string, text: string) {
  await plant(page, KEY, text);
  await page.goto(address);
}
