// The page of refresh-rotation in a browser, and changes to what it is served.
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Variant } from './example.ts';

/** The first visit asks for a token without a cookie, and a tab that was not first comes again. */
export const asked = [/40[19]: .*\/refresh/, /status of 40[19]/];

/** A change to tokens.ts as the browser gets it. Where it no longer fits, the page fails. */
export function inTokens(from: string, to: string): Variant {
  const read = "readFileSync(join(here, file), 'utf8')";
  const [a, b] = [JSON.stringify(from), JSON.stringify(to)];
  const edit = `((text) => {
    if (text.split(${a}).length !== 2) throw new Error('not exactly once: ' + ${a});
    return text.replace(${a}, () => ${b});
  })(${read})`;
  return [[read, edit, 'page.ts']];
}

export const noRenewal = inTokens('this.timer = setTimeout(ahead,', 'void (ahead,');

export const logOf = (page: Page) => page.getByRole('log', { name: 'What happened' });
export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click();

/** Opens the page and signs in. */
export async function signIn(page: Page, origin: string, name = 'ann'): Promise<void> {
  await page.goto(origin);
  await page.getByLabel('Name').fill(name);
  await press(page, 'Sign in');
  await expect(logOf(page)).toContainText(`signed in as ${name}`);
}

/** Opens the page, signs in and connects. */
export async function enter(page: Page, origin: string): Promise<void> {
  await signIn(page, origin);
  await press(page, 'A token of the moment');
  await expect(logOf(page)).toContainText('connected as socket');
}

/** Counts the answers to POST /refresh from now on, by status. */
export function countRefreshes(page: Page): Record<number, number> {
  const counts: Record<number, number> = {};
  page.on('response', (response) => {
    if (!response.url().endsWith('/refresh')) return;
    counts[response.status()] = (counts[response.status()] ?? 0) + 1;
  });
  return counts;
}
