// The wire as a reader works with it: by keyboard, by ear, on a phone. One page for many checks, for a run costs most.
import type { Locator, Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { lab, nobody } from '../support/lab.ts';
import { expect, playground } from '../support/playground.ts';
import { test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

/** The wire by what a reader sees of it. */
function wireOf(page: Page) {
  const list = page.getByRole('list', { name: 'What went over the wire' });
  const tools = page.getByRole('group', { name: 'Tools for the wire' });
  return {
    ...{ list, tools },
    items: list.getByRole('listitem'),
    line: (text: string | RegExp) => list.locator('summary').filter({ hasText: text }),
    press: (name: string | RegExp) => tools.getByRole('button', { name }).click(),
    find: tools.getByLabel('Find'),
    note: page.locator('.wire-note'),
  };
}

/** Whether a line can be seen within the list that scrolls. */
const inView = (line: Locator): Promise<boolean> =>
  line.evaluate((element) => {
    const box = element.closest('.wire-scroll')?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    return box !== undefined && top >= box.top - 1 && bottom <= box.bottom + 1;
  });

test('the wire is a list that opens by keyboard, filters, pauses, copies and clears', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { open, inside } = playground(page);
  await open('jwt-cookie');
  const { button, signIn, log, say } = lab(inside);
  await signIn();
  await button('What the browser has').click();
  await expect(log).toContainText('connected as');
  const { list, items, line, tools, find, note, press } = wireOf(page);
  const head = line('upgrade to WebSocket');
  await expect(head).toBeVisible();

  await test.step('a screen reader finds a list, and each line says its direction first', async () => {
    const tree = await list.ariaSnapshot();
    expect(tree).toMatch(/^- list "What went over the wire":\n/);
    expect(tree).toMatch(/listitem:[\s\S]*browser to server, upgrade to WebSocket/);
    expect(tree).toMatch(/browser to server, .*CONNECT slash /);
    expect(tree).toContain('server to browser, 101 Switching Protocols');
    expect(tree).not.toContain('40{"sid"'); // what was sent is read once the line is open
  });

  await test.step('the keys go from line to line, open one and close it', async () => {
    await tools.getByRole('button', { name: 'Clear' }).focus();
    for (let n = 0; n < 5 && !(await focused(page, 'summary')); n += 1) {
      await page.keyboard.press('Tab');
    }
    const lines = list.locator('summary:visible');
    await expect(lines.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(lines.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(lines.first()).toBeFocused();
    await page.keyboard.press('End');
    await expect(lines.last()).toBeFocused();
    expect(await inView(lines.last())).toBe(true);
    await page.keyboard.press('Home');
    await expect(lines.first()).toBeFocused();
    expect(await inView(lines.first())).toBe(true);
    await page.keyboard.press('Tab');
    await expect(lines.nth(1)).toBeFocused();
    const opened = items.locator('.wire-opened');
    await page.keyboard.press('Enter');
    await expect(opened).toHaveCount(1);
    expect(await list.ariaSnapshot()).toContain('Headers');
    await page.keyboard.press('Enter');
    await expect(opened).toHaveCount(0);
  });

  await test.step('the token in a cookie is opened, its times in words', async () => {
    const login = items.filter({ hasText: '204 No Content' });
    await login.locator('summary').click();
    await expect(login).toContainText('JWT in Set-Cookie');
    await expect(login).toContainText('HS256');
    await expect(login.locator('.wire-times')).toHaveText(
      /^issued (less than a second|\d+ s|1 min \d+ s|1 min) ago; expires in 1[34] min( \d+ s)?\.$/,
    );
    await expect(login).toContainText('Opened, not verified');
  });

  await test.step('Find and Show hide the rest, and say so where nothing is left', async () => {
    const all = await items.count();
    await find.fill('switching protocols');
    await expect(items).toHaveCount(1);
    await find.fill('no such thing');
    await expect(items).toHaveCount(0);
    await expect(note).toHaveText(/^None of \d+ events passes the filter\.$/);
    await find.fill('');
    await tools.getByLabel('Show').selectOption('Cookies');
    await expect(items.filter({ hasText: 'token stored:' })).toHaveCount(1);
    await expect(items.filter({ hasText: 'connected' })).toHaveCount(0);
    await tools.getByLabel('Show').selectOption('Everything');
    await expect(items).toHaveCount(all);
    await expect(note).toBeHidden();
  });

  await test.step('while it is paused nothing comes in, and all of it at Resume', async () => {
    await press('Pause');
    await say('ann', 'are you there?');
    await expect(tools.getByRole('button', { name: /^Resume \(\d+ wait\)$/ })).toBeVisible();
    await expect(items.filter({ hasText: 'EVENT said' })).toHaveCount(0);
    await press(/^Resume/);
    await expect(items.filter({ hasText: 'EVENT said' })).toHaveCount(1);
    await expect(tools.getByRole('button', { name: 'Pause' })).toBeVisible();
  });

  await test.step('Copy all takes all of it, and Clear empties the list', async () => {
    await find.fill('switching protocols');
    await press('Copy all');
    await expect(tools.getByRole('status')).toHaveText(/^Copied \d+, hidden ones too\.$/);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/server\.ts → browser {2}204 No Content\nHTTP\/1\.1 204 No Content\n/);
    expect(copied).toMatch(/\nSet-Cookie: token=eyJ/i);
    expect(copied).toContain(
      '42["said",{"from":{"id":"u1","name":"ann"},"text":"are you there?"}]',
    );
    await press('Clear');
    await expect(items).toHaveCount(0);
    await expect(note).toContainText('Nothing has gone over the wire.');
  });
});

const focused = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

/** Two cookies more with each answer: one for a stranger's domain, one for another path. */
const COOKIES = `app.use((_req, res, next) => {
  res.appendHeader('Set-Cookie', 'wide=1; Domain=elsewhere.example');
  res.appendHeader('Set-Cookie', 'deep=1; Path=/socket.io/deep');
  next();
});
app.get('/me',`;

test('a cookie that is refused or withheld says why, on a phone too, in every theme', async ({
  page,
  expected,
}) => {
  expected.push(...nobody);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const { openStopped, inside, edit, run } = playground(page);
  await openStopped('jwt-cookie');
  await edit("app.get('/me',", COOKIES);
  await run('Run');
  const { signIn } = lab(inside);
  await signIn();
  const { items } = wireOf(page);
  await expect(items.filter({ hasText: 'wide refused:' }).first()).toHaveText(
    /cookie wide refused: its Domain elsewhere\.example is not localhost, nor above it/,
  );
  await expect(items.filter({ hasText: 'deep withheld:' }).first()).toHaveText(
    /cookie deep withheld: its path is \/socket\.io\/deep/,
  );

  for (const text of ['204 No Content', '"role":"member"', 'page.css']) {
    await items.filter({ hasText: text }).first().locator('summary').click();
  }
  const sideways = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('.wire, .wire *')]
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
        .filter(
          (each) => each.matches('html') || /auto|scroll/.test(getComputedStyle(each).overflowX),
        )
        .map((each) => each.className),
    );
  expect(await sideways()).toEqual([]);
  const wire = { within: '.wire' };
  expect(await audit(page, wire)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await audit(page, wire)).toEqual([]);
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(0, 0, 0)');
  expect(await audit(page, wire)).toEqual([]);
  // An arrow is drawn by its background, which forced colors take away from all that do not ask for it.
  const arrow = items.locator('.wire-arrow').first();
  const [drawn, ground] = await arrow.evaluate((element) => [
    getComputedStyle(element, '::before').backgroundColor,
    getComputedStyle(document.body).backgroundColor,
  ]);
  expect(drawn).not.toBe(ground);
});
