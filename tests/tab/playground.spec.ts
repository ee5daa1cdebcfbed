// The playground on the built site: how it looks, and where it runs.
import { audit } from '../support/axe.ts';
import { expect, playground, withoutServer } from '../support/playground.ts';
import { test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

test('axe finds nothing on a running playground, light and dark, and 360 px are enough', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 360, height: 740 });
  await playground(page).open('auth-field');
  const html = page.locator('html');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(html).toHaveAttribute('data-theme', scheme);
    expect(await audit(page, { anyColors: '.editor' }), scheme).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), scheme).toBe(360);
  }
});

test('under a base path it runs as well', async ({ page }) => {
  await playground(page, 'http://localhost:4391/handshake/').open('auth-field');
});

test('nothing runs by itself, whatever the address says', async ({ page }) => {
  await page.goto('./run/auth-field/?run=1#run');
  await expect(page.getByRole('button', { name: 'Run it here' })).toBeEnabled();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a runtime that could not be fetched is asked for again by Run, and the page comes with it', async ({
  page,
}) => {
  const letCome = await withoutServer(page, 'base');
  const { button, state, run, inside } = playground(page);
  await page.goto('./run/auth-field/');
  await button('Run it here').click();
  await expect(state).toHaveText(/^It did not start: /);
  await letCome();
  await run('Run');
  await expect(inside.getByRole('heading', { level: 1 })).toBeVisible();
});
