// What a connect of the pages of query-token and query-ticket leaves behind, for several specs.
import type { Page } from '@playwright/test';
import type { Example } from '../support/example.ts';
import { expect } from '../support/test.ts';

/** The URLs that reach the engine, as a proxy before it would log them. */
export async function engineUrls(example: Example): Promise<string[]> {
  const urls = (await example.steer({ do: 'urls' })) as string[];
  return urls.filter((url) => url.startsWith('/socket.io/?'));
}

/** Signs in on the page and connects as the page does; gives the token, once the upgrade is done. */
export async function connectPage(
  page: Page,
  { origin }: Example,
  button: string,
): Promise<string> {
  await page.goto(origin);
  const login = page.waitForResponse('**/login');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const upgraded = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await upgraded).waitForEvent('framesent', ({ payload }) => payload === '5');
  await expect(page.getByRole('log')).toContainText('connected as socket');
  return (await (await login).json()).token;
}
