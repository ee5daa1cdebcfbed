// The page of the chat, as a test finds its way on it.
import type { Browser, Page } from '@playwright/test';
import { PASSWORD } from './http.ts';
import { expect } from './test.ts';

/** The parts of the page, by what a reader calls them. */
export function parts(page: Page) {
  return {
    status: page.getByRole('status'),
    problem: page.getByRole('alert'),
    log: page.getByRole('log'),
    people: page.getByRole('list', { name: 'People' }),
    rooms: page.getByRole('navigation', { name: 'Rooms' }),
    message: page.getByLabel('Message'),
  };
}

export async function signIn(page: Page, origin: string, name = 'ann') {
  await page.goto(origin);
  const form = page.getByRole('form', { name: 'Sign in' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(parts(page).status).toHaveText(`Signed in as ${name}. Connected.`);
  return parts(page);
}

/** A browser of somebody else's. */
export async function other(browser: Browser, origin: string, name = 'bob') {
  const page = await browser.newPage();
  return { page, ...(await signIn(page, origin, name)) };
}
