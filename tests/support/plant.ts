// What storage holds before a page of the site is opened.
import type { Page } from '@playwright/test';

/** Stores a text from an address of the site that is no page: it has storage and, but for that, costs next to nothing. */
export async function plant(page: Page, key: string, text: string): Promise<void> {
  await page.goto('./favicon.svg');
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [key, text] as const);
}
