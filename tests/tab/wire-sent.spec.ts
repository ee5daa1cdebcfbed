// A packet that a lesson names leads into the reader's own trace, and back.
import type { Page } from '@playwright/test';
import { WireReader } from '../../site/playground/wire/decode.ts';
import { findLast } from '../../site/playground/wire/find.ts';
import type { WireEvent } from '../../site/tab/wire.ts';
import { audit } from '../support/axe.ts';
import { goodbye, lab, nobody } from '../support/lab.ts';
import { expect, playground } from '../support/playground.ts';
import { test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

test('a packet in the text offers a run, then leads to its place in the trace, and back', async ({
  page,
  expected,
}) => {
  expected.push(...goodbye);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./lessons/two-handshakes/');
  const packet = page.getByRole('link', { name: '40{"token":…} in your own trace' });
  const figure = page.getByRole('list', { name: 'The second handshake: Socket.IO' });

  await test.step('without a run it says so, and offers one', async () => {
    const offer = page.getByRole('group', { name: 'There is no run yet' });
    await packet.focus();
    await page.keyboard.press('Enter');
    await expect(offer).toContainText('There is no run yet');
    await expect(offer.getByRole('button', { name: 'Run it here' })).toBeFocused();
    expect(await audit(page, { within: '.no-run' })).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(offer).toHaveCount(0);
    await expect(packet).toBeFocused();
    await packet.click();
    await offer.getByRole('button', { name: 'Not now' }).click();
    await expect(offer).toHaveCount(0);
    await packet.click();
    await expect(offer.getByRole('button', { name: 'Run it here' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(offer).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Run auth-field', exact: true })).toBeFocused();
  });

  const { panel, inside } = playground(page);
  await expect(panel).toHaveAttribute('data-state', 'open');
  const { button, signIn, log } = lab(inside);
  await test.step('in a run without it, it is code', async () => {
    await expect(packet).toHaveCount(0);
    await expect(page.locator('.sent', { hasText: '40{"token":…}' })).toHaveText('40{"token":…}');
    await expect(figure.getByRole('link')).toHaveCount(0);
  });

  await signIn();
  await button('My token').click();
  await expect(log).toContainText('connected as');
  await button('Who am I?').click();
  const line = page.locator('.wire-item[aria-current] summary');
  const back = page.getByRole('button', { name: 'Back to the text' });

  await test.step('Enter opens it there and focuses it; the next stop leads back', async () => {
    await packet.focus();
    await page.keyboard.press('Enter');
    await expect(line).toBeFocused();
    await expect(line).toBeInViewport();
    await expect(line).toContainText('40{"token":"eyJ');
    await expect(page.locator('.wire-item[aria-current]')).toContainText('JWT in the body');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await audit(page, { within: '.playground .wire' })).toEqual([]);
    await page.keyboard.press('Tab');
    await expect(back).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(packet).toBeFocused();
    await expect(packet).toBeInViewport();
    await expect(back).toHaveCount(0);
  });

  await test.step('a packet of a figure leads there as well, by a tap', async () => {
    const link = figure.getByRole('link', { name: 'see it in your own trace 421["whoami"]' });
    await link.click();
    await expect(line).toContainText('["whoami"]');
    await expect(line).toBeInViewport();
    await back.click();
    await expect(link).toBeFocused();
  });

  await test.step('what the filter hides is shown; what is cleared away is code again', async () => {
    const tools = page.getByRole('group', { name: 'Tools for the wire' });
    await tools.getByLabel('Find').fill('nothing like it');
    await expect(page.locator('.wire-item:visible')).toHaveCount(0);
    await packet.click();
    await expect(line).toBeFocused();
    await tools.getByRole('button', { name: 'Clear' }).click();
    await expect(page.locator('a.to-trace')).toHaveCount(0);
  });
});

test('without JavaScript a packet is code, and the example has its command and its code', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('http://localhost:4390/lessons/two-handshakes/');
  await expect(page.locator('.sent').first()).toHaveText('0');
  await expect(page.locator('.sent a, .wire a')).toHaveCount(0);
  const panel = page.getByRole('region', { name: 'Run auth-field', exact: true });
  await expect(panel).toContainText('npm run example auth-field');
  await expect(
    page.getByRole('link', { name: 'examples/auth-field/server.ts' }).first(),
  ).toBeVisible();
  await page.goto('http://localhost:4390/run/auth-field/');
  await expect(page.getByRole('region', { name: 'Run auth-field', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'server.ts' })).toBeVisible();
  await context.close();
});

test('where the browser cannot run an example, a packet is code', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  await page.goto('./lessons/two-handshakes/');
  await expect(page.getByRole('alert')).toContainText('This browser lacks Worker.');
  await expect(page.locator('.sent').first()).toHaveText('0');
  await expect(page.locator('a.to-trace')).toHaveCount(0);
});

/** What the lessons name of each example, by lesson. */
async function namedIn(page: Page, example: string): Promise<[lesson: string, text: string][]> {
  await page.goto('./');
  return page.evaluate(async (name) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('main a[href*="/lessons/"]')];
    const addresses = new Set(links.map(({ href }) => new URL(href).pathname));
    const found: [string, string][] = [];
    for (const address of addresses) {
      const html = await (await fetch(address)).text();
      const bare = html.replace(/<style[\s>][\s\S]*?<\/style>| style="[^"]*"/g, ''); // this page's policy bars them
      const lesson = new DOMParser().parseFromString(bare, 'text/html');
      if (!lesson.querySelector(`tab-playground[data-example="${name}"]`)) continue;
      for (const named of lesson.querySelectorAll<HTMLElement>('.sent, .wire li[data-find]')) {
        found.push([address, named.dataset['find'] ?? named.textContent]);
      }
    }
    return found;
  }, example);
}

/** Presses a button, and waits for what the log says of it. */
interface Step {
  press: string;
  hear: string;
  /** A field to fill before: its label and the text. */
  fill?: [label: string, text: string];
}

/** By example, what makes all that its lessons name. */
const runs: Record<string, Step[]> = {
  'open-door': [
    { press: 'GET /messages', hear: '401' },
    { press: 'Open a socket', hear: 'connected as' },
    { press: 'Sign in as ann and POST it', hear: 'ann: The merger is on Friday.' },
  ],
  'auth-field': [
    { press: 'No token', hear: 'TOKEN_MISSING' },
    { press: 'Garbage', hear: 'TOKEN_INVALID' },
    { press: 'My token, at /admin', hear: 'FORBIDDEN' },
    { press: 'My token', hear: 'connected as' },
    { press: 'Who am I?', hear: 'you are' },
  ],
  'jwt-cookie': [
    { press: 'What the browser has', hear: 'connected as' },
    { press: 'Say it', hear: 'ann: hello', fill: ['Message', 'hello'] },
    { press: 'Plant a second cookie', hear: 'TOKEN_INVALID' },
  ],
  'query-token': [{ press: 'My token', hear: 'connected as' }],
  rooms: [
    { press: 'My token, at /team-red', hear: 'connected as' },
    { press: 'My token, at /team-blue', hear: 'FORBIDDEN' },
    { press: 'My token', hear: 'connected as' },
    { press: 'Join', hear: 'join: {"ok":true}' },
    { press: 'Say it as root', hear: 'ann: you are all dismissed' },
    { press: 'Send null for a message', hear: 'BAD_PAYLOAD' },
    { press: '25 events at once', hear: 'RATE_LIMITED' },
  ],
  'query-ticket': [
    { press: 'A new ticket', hear: 'connected as' },
    { press: 'The same ticket again', hear: 'TICKET_USED' },
  ],
  'refresh-rotation': [
    { press: 'A token of the moment', hear: 'connected as' },
    { press: 'Refresh', hear: 'new token for the open socket' },
  ],
  'session-passport': [
    { press: 'Sign in', hear: 'login 401', fill: ['Name', 'dave'] },
    { press: 'Sign in', hear: 'connected as', fill: ['Name', 'ann'] },
    { press: 'Who am I?', hear: 'you are' },
    { press: 'Keep it in my session', hear: '', fill: ['My status', 'at lunch'] },
    { press: 'Sign out', hear: 'signed out' },
    { press: 'No cookie', hear: 'SESSION_MISSING' },
  ],
  recovery: [
    { press: 'My token', hear: 'connected as' },
    { press: 'Come back', hear: 'root: the third' },
    { press: "Come back with bob's token", hear: 'FORBIDDEN' },
  ],
};

/** What comes by itself, 25 seconds after the last one: too late for a test. `wire-packets.test.ts` reads them. */
const LATE = ['2', '3'];

for (const [example, steps] of Object.entries(runs)) {
  test(`every packet that a lesson names of ${example} is in the trace of its run`, async ({
    page,
    expected,
  }) => {
    expected.push(...goodbye, ...nobody);
    const named = await namedIn(page, example);
    expect(named.length).toBeGreaterThan(1);
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      document.addEventListener('wire', (event) => heard.push((event as CustomEvent).detail));
    });
    const { open, inside } = playground(page);
    await open(example);
    const { button, log, signIn } = lab(inside);
    if (!['open-door', 'session-passport'].includes(example)) await signIn();
    for (const { press, hear, fill } of steps) {
      if (fill) await inside.getByLabel(fill[0], { exact: true }).fill(fill[1]);
      await expect(button(press)).toBeEnabled();
      await button(press).click();
      await expect(log).toContainText(hear);
    }
    await expect(async () => {
      const events: WireEvent[] = await page.evaluate(() => Reflect.get(window, 'heard'));
      const reader = new WireReader();
      const items = events.map((event) => reader.read(event));
      const missing = named.filter(([, text]) => !LATE.includes(text) && findLast(items, text) < 0);
      expect(missing).toEqual([]);
    }).toPass({ timeout: 10_000 });
  });
}
