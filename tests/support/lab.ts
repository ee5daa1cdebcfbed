// What the tests of the examples' own pages share.
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** After a refusal the server closes: the polling client says goodbye to a session that is gone, and an upgrade is broken off. */
export const goodbye = [
  ...[/400: .*\/socket\.io\//, /status of 400/],
  /error: (?:Firefox can’t establish a|The) connection to (?:the server at )?ws:.*\/socket\.io\//,
];
/** A page with a cookie asks GET /me or POST /refresh whether anybody is signed in, and POST /logout to be sure. */
export const nobody = [/401: .*\/(me|logout|refresh)$/, /status of 401/];

/** An example's page, or the frame that it stands in: its log, its state, its buttons. */
export function lab(page: Pick<Page, 'getByRole' | 'getByLabel'>) {
  const log = page.getByRole('log', { name: 'What happened' });
  const state = page.getByRole('status');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const press = (name: string) => button(name).click();
  /** Signs in by the form, and waits until the page says so. */
  const signIn = async (name = 'ann') => {
    await page.getByLabel('Name').fill(name);
    await press('Sign in');
    await expect(state).toHaveText(new RegExp(`^Signed in as ${name}`));
  };
  /** Says something in the room, and waits until the page hears it. */
  const say = async (name: string, text: string) => {
    await page.getByLabel('Message').fill(text);
    await press('Say it');
    await expect(log).toContainText(`${name}: ${text}`);
  };
  return { log, state, button, press, signIn, say };
}
