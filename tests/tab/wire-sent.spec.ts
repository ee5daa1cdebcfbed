// A packet that a lesson names leads into the reader's own trace, and back.
import { audit } from '../support/axe.ts';
import { goodbye, lab } from '../support/lab.ts';
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
