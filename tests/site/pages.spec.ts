// Every page of the course: accessible in both themes, quiet, still, and whole under both bases.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { audit, leaveOneLesson } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
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

/** The beginnings of listings that are wider than their place. */
function wideCode(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('pre')]
      .filter((pre) => pre.scrollWidth > pre.clientWidth)
      .map((pre) => pre.textContent.slice(0, 60)),
  );
}

/** Notes, before anything runs on a page, how far things shift while it loads. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(() =>
      (Reflect.get(window, 'shifts') as number[]).reduce((sum, value) => sum + value, 0),
    );
}

/** Weighs what a page loads, gzip, fonts apart: gives the bytes since the last call. */
function weigh(page: Page): () => Promise<number> {
  const known = new Map<string, Promise<number>>(); // what has a hash in its name stays what it is
  let bodies: Promise<number>[] = [];
  page.on('response', (response) => {
    const url = response.url();
    if (/\.woff2$/.test(url) || !response.ok()) return;
    const size = known.get(url) ?? response.body().then((body) => gzipSync(body).length);
    if (url.includes('/_astro/')) known.set(url, size);
    bodies.push(size);
  });
  return async () => {
    const sizes = await Promise.all(bodies);
    bodies = [];
    return sizes.reduce((sum, size) => sum + size, 0);
  };
}

test('the sitemap names the lessons', () => {
  expect(lessons()).toEqual(
    expect.arrayContaining(['lessons/start/', 'lessons/two-handshakes/', 'lessons/auth-field/']),
  );
});

test('axe finds an image without words and gray on gray', async ({ page }) => {
  await page.setContent(`<main><h1 style="color: #bbb; background: #fff">Pale</h1>
    <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main>`);
  expect((await audit(page)).join()).toMatch(/color-contrast.*image-alt/);
  expect((await audit(page, { anyColors: 'main' })).join()).toMatch(/^(?!.*contrast).*image-alt/);
  const contrast = { only: ['color-contrast'], seen: new Set<string>() };
  expect((await audit(page, contrast)).join()).toMatch(/^color-contrast.*h1$/);
  expect(await audit(page, contrast), 'a look that was judged').toEqual([]);
  await page.locator('main').evaluate((main) => {
    main.insertAdjacentHTML('beforeend', '<p style="background: #555; color: #888">Another</p>');
  });
  expect((await audit(page, contrast)).join()).toMatch(/^color-contrast: p$/);
  await page.setContent(`<main><p style="background: #fff; color: #444">Clear</p>
    <div style="opacity: 0.4"><p style="background: #fff; color: #444">Faded</p></div></main>`);
  expect(await audit(page, { ...contrast, within: 'main > p' })).toEqual([]);
  expect((await audit(page, contrast)).join(), 'the same colors, faded').toMatch(
    /^color-contrast: p/,
  );
  expect((await audit(page)).join(), 'rules for a whole page run').toContain('document-title');
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

// One visit for all that a page has to keep: a visit is what costs. In the dark only colors differ, and a look that
// was judged on one page is not judged on the next. In quarters, so that the workers share them.
for (const part of [0, 1, 2, 3]) {
  test(`every page is quiet, still and light at 360 px, and accessible in both themes, part ${part + 1}`, async ({
    page,
    expected,
  }) => {
    test.setTimeout(180_000);
    expected.push(/404/);
    const blocked = await watchPolicy(page);
    const shift = await watchShifts(page);
    const weight = weigh(page);
    const seen = new Set<string>();
    for (const [n, path] of [...sitemap(), ...others].entries()) {
      if (n % 4 !== part) continue;
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(`./${path}`, { waitUntil: 'networkidle' });
      expect(await blocked(), `/${path}`).toEqual([]);
      expect(await shift(), `/${path}`).toBeLessThan(0.01);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `/${path}`).toBe(360);
      const bytes = await weight();
      if (path.startsWith('lessons/')) expect(bytes, `/${path}`).toBeLessThan(60 * 1024);

      await page.setViewportSize({ width: 1280, height: 720 });
      expect(await wideCode(page), `/${path}: code that scrolls at 1280 px`).toEqual([]);
      if (path === 'questions/') await leaveOneLesson(page);
      expect(await audit(page, { seen }), `/${path}`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
      const dark = await audit(page, { only: ['color-contrast'], seen });
      expect(dark, `/${path}, dark`).toEqual([]);
    }
  });
}
