// Where a browser can keep a token: who reads it there, and what a reload does to it. The page of
// auth-field keeps it in memory; these tests put the same token into the other places.
import type { Page } from '@playwright/test';
import { logIn } from '../support/http.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

/** What a script on the page finds of the token: any script, an attacker's too. */
function stolen(page: Page): Promise<string> {
  return page.evaluate(() =>
    [document.cookie, ...Object.values(localStorage), ...Object.values(sessionStorage)].join(),
  );
}

test('a token in memory: a reload signs out, and no storage holds it', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  await page.goto(origin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('status')).toContainText('Signed in as ann');
  expect(await stolen(page)).toBe('');
  await page.reload();
  await expect(page.getByRole('status')).toHaveText('Signed out, not connected.');
});

test('a token in sessionStorage: a reload keeps it, another tab lacks it, any script reads it', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  const token = await logIn(origin);
  await page.goto(origin);
  await page.evaluate((value) => sessionStorage.setItem('token', value), token);
  await page.reload();
  expect(await stolen(page)).toContain(token);
  const tab = await page.context().newPage();
  await tab.goto(origin);
  expect(await stolen(tab)).toBe('');
});

test('a token in localStorage: it stays after a reload, in every tab, and any script reads it', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  const token = await logIn(origin);
  await page.goto(origin);
  await page.evaluate((value) => localStorage.setItem('token', value), token);
  await page.reload();
  const tab = await page.context().newPage();
  await tab.goto(origin);
  for (const each of [page, tab]) expect(await stolen(each)).toContain(token);
});

test('a token in an HttpOnly cookie: no script reads it, and the browser sends it by itself', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(/400/); // the goodbye of a refused client
  const { origin } = await shareExample('auth-field');
  const token = await logIn(origin);
  await page.context().addCookies([{ name: 'token', value: token, url: origin, httpOnly: true }]);
  await page.goto(origin);
  expect(await stolen(page)).toBe('');
  const handshake = page.waitForRequest((request) => request.url().includes('/socket.io/?'));
  await page.getByRole('button', { name: 'No token' }).click();
  const headers = await (await handshake).allHeaders();
  expect(headers.cookie).toBe(`token=${token}`);
});
