// Every page of the course: accessible in both themes, quiet, still, and whole under both bases.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
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

test('the sitemap names the lessons', () => {
  expect(lessons()).toEqual(
    expect.arrayContaining(['lessons/start/', 'lessons/two-handshakes/', 'lessons/auth-field/']),
  );
});

// In the dark only colors differ. The colors of code are the same in every listing, and costly to
// look at: two lessons stand for all. In quarters, so that the workers share them.
const colors = 'color-contrast';
const listings = ['lessons/auth-field/', 'lessons/hijack/'];
for (const scheme of ['light', 'dark'] as const) {
  for (const part of [0, 1, 2, 3]) {
    test(`axe finds nothing on any page, ${scheme}, part ${part + 1}`, async ({
      page,
      expected,
    }) => {
      test.setTimeout(180_000);
      expected.push(/404/);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const [n, path] of [...sitemap(), ...others].entries()) {
        if (n % 4 !== part) continue;
        await page.goto(`./${path}`);
        const outside = listings.includes(path) ? {} : { outside: '.expressive-code' };
        expect(await audit(page, { only: [colors], ...outside }), `/${path}`).toEqual([]);
        if (scheme === 'dark') continue;
        expect(await audit(page, { without: [colors] }), `/${path}`).toEqual([]);
      }
    });
  }
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
  test.setTimeout(90_000);
  expected.push(/404/);
  const blocked = await watchPolicy(page);
  for (const path of [...sitemap(), ...others]) {
    await page.goto(`./${path}`);
    expect(await blocked(), `/${path}`).toEqual([]);
  }
});

test('no page scrolls sideways or shifts while it loads, at 360 px', async ({ page }) => {
  test.setTimeout(90_000);
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
  test.setTimeout(90_000);
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
  test.setTimeout(90_000);
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
