// Every page of the course: accessible in both themes, quiet, still, and whole under both bases.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const HANDSHAKE = 'http://localhost:4391/handshake/';

/** Paths of the sitemap, relative to the base: `''`, `lessons/start/`, … */
function sitemap(): string[] {
  const xml = readFileSync(join(root, 'dist/sitemap-0.xml'), 'utf8');
  return [...xml.matchAll(/<loc>https?:\/\/[^/]+\/([^<]*)<\/loc>/g)].map(([, path]) => path ?? '');
}

const lessons = () => sitemap().filter((path) => path.startsWith('lessons/'));
const others = ['404', 'source/examples/lib/within.ts/'];

/** Collects what the content security policy blocked on this page. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const blocked: string[] = [];
    Object.assign(window, { blocked });
    document.addEventListener('securitypolicyviolation', (event) => {
      blocked.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return () => page.evaluate(() => Reflect.get(window, 'blocked'));
}

test('the sitemap names the lessons', () => {
  expect(lessons()).toEqual(
    expect.arrayContaining(['lessons/start/', 'lessons/two-handshakes/', 'lessons/auth-field/']),
  );
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${scheme}`, async ({ page, expected }) => {
    test.setTimeout(90_000);
    expected.push(/404/);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const path of [...sitemap(), ...others]) {
      await page.goto(`./${path}`);
      expect(await audit(page), `/${path}`).toEqual([]);
    }
  });
}

test('axe finds an image without words and gray on gray', async ({ page }) => {
  await page.setContent(`<main><h1 style="color: #bbb; background: #fff">Pale</h1>
    <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>`);
  const found = (await audit(page)).join();
  expect(found).toMatch(/color-contrast/);
  expect(found).toMatch(/image-alt/);
});

test('axe finds nothing on a lesson and its quiz with every reason open, at 360 px', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./lessons/start/');
  for (const button of await page.getByRole('button', { name: 'Check', exact: true }).all()) {
    await button.click();
  }
  expect(await audit(page)).toEqual([]);
});

test('no page asks another server for anything, or breaks its own policy', async ({
  page,
  expected,
}) => {
  expected.push(/404/);
  const blocked = await watchPolicy(page);
  for (const path of [...sitemap(), ...others]) {
    await page.goto(`./${path}`, { waitUntil: 'networkidle' });
    expect(await blocked(), `/${path}`).toEqual([]);
  }
});

test('no page scrolls sideways or shifts while it loads, at 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const path of sitemap()) {
    await page.goto(`./${path}`, { waitUntil: 'networkidle' });
    const shift = await page.evaluate(() =>
      (Reflect.get(window, 'shifts') as number[]).reduce((sum, value) => sum + value, 0),
    );
    expect(shift, `/${path}`).toBeLessThan(0.01);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, `/${path}`).toBe(360);
  }
});

test('code never scrolls sideways at 1280 px', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const path of lessons()) {
    await page.goto(`./${path}`);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('pre')]
        .filter((pre) => pre.scrollWidth > pre.clientWidth)
        .map((pre) => pre.textContent?.slice(0, 60)),
    );
    expect(wide, `/${path}`).toEqual([]);
  }
});

test('a lesson weighs at most 60 kB gzip before interaction, fonts apart', async ({ page }) => {
  const { gzipSync } = await import('node:zlib');
  for (const path of lessons()) {
    const bodies: Promise<number>[] = [];
    page.removeAllListeners('response');
    page.on('response', (response) => {
      if (/\.woff2$/.test(response.url()) || !response.ok()) return;
      bodies.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.goto(`./${path}`, { waitUntil: 'networkidle' });
    const weight = (await Promise.all(bodies)).reduce((sum, size) => sum + size, 0);
    expect(weight, `/${path}`).toBeLessThan(60 * 1024);
  }
});

for (const [name, base] of [
  ['/', 'http://localhost:4390/'],
  ['/handshake/', HANDSHAKE],
] as const) {
  test(`under ${name} the reader goes from the landing page through all lessons`, async ({
    page,
  }) => {
    await page.goto(base);
    await page.getByRole('link', { name: 'Read lesson one' }).click();
    for (const title of ['The open door', 'Two handshakes']) {
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      await page.getByRole('link', { name: /^Next/ }).click();
    }
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The auth field');
    expect(page.url().startsWith(base)).toBe(true);
    await page.getByRole('link', { name: 'Previous' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two handshakes');
  });

  test(`under ${name} the search finds a lesson by keyboard`, async ({ page }) => {
    await page.goto(`${base}lessons/start/`);
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('polling');
    const found = dialog.getByRole('link', { name: /Two handshakes/ }).first();
    await expect(found).toBeVisible({ timeout: 15_000 });
    await found.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two handshakes');
  });

  test(`under ${name} a proof leads to the line of its test`, async ({ page }) => {
    await page.goto(`${base}lessons/start/`);
    const title = 'the API answers a stranger 401, and the socket lets the stranger in';
    await page.getByRole('link', { name: title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('open-door.spec.ts');
    const line = page.locator(new URL(page.url()).hash);
    await expect(line).toContainText('test(');
  });
}

test('a search index that fails to load is asked for again, then said to be missing', async ({
  page,
  expected,
}) => {
  expected.push(/Pagefind/);
  let failures = 1;
  await page.route('**/pagefind-entry.json*', (route) => {
    failures -= 1;
    return failures >= 0 ? route.fulfill({ body: '' }) : route.continue();
  });
  const dialog = page.getByRole('dialog');
  const find = async () => {
    await page.goto('./lessons/start/');
    await page.getByRole('button', { name: 'Search' }).click();
    await dialog.getByRole('textbox').fill('polling');
  };
  await find();
  await expect(dialog.getByRole('link', { name: /Two handshakes/ }).first()).toBeVisible();

  failures = 2;
  await find();
  await expect(dialog.getByRole('status')).toContainText('The search index did not load');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(dialog.getByRole('link', { name: /Two handshakes/ }).first()).toBeVisible();
});

test('the search interface is not loaded before it is opened', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  await page.goto('./lessons/start/', { waitUntil: 'networkidle' });
  expect(scripts.filter((url) => /pagefind/.test(url))).toEqual([]);
});

test('the theme can be chosen, and stays after a reload', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('./lessons/start/');
  await page.getByLabel('Select theme').first().selectOption('dark');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(19, 22, 28)');
  await page.reload();
  expect(await ground()).toBe('rgb(19, 22, 28)');
});

test('the first Tab reaches a link that skips to the content', async ({ page }) => {
  await page.goto('./lessons/start/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
});

test('on a phone the menu opens, leads to a lesson, and closes with Escape', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./lessons/start/');
  await page.getByRole('button', { name: 'Menu' }).click();
  const link = page.getByRole('navigation', { name: 'Main' }).getByText('Two handshakes');
  await expect(link).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(link).toBeHidden();
});

test('a wrong address shows the 404 page with a way back', async ({ page, expected }) => {
  expected.push(/404/);
  await page.goto('./no-such-page/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here');
  await page.getByRole('main').getByRole('link', { name: 'The open door' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The open door');
});

test('the command to run an example can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./lessons/auth-field/');
  const run = page.getByRole('region', { name: 'Run auth-field' });
  await run.getByRole('button', { name: /Copy/ }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toBe('npm run example auth-field');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson can be read, its code and its diagram too', async ({ page }) => {
    await page.goto('./lessons/auth-field/');
    await expect(page.getByRole('heading', { name: 'auth holds any JSON' })).toBeVisible();
    await expect(page.getByText("typeof token !== 'string'").first()).toBeVisible();
    await page.getByText('The diagram in words').click();
    await expect(page.getByText('The client sends CONNECT with a token.')).toBeVisible();
  });
});
