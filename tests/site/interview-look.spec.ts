// The mock interview: what axe says of each of its pages, and what its scripts weigh.
import { gzipSync } from 'node:zlib';
import { audit } from '../support/axe.ts';
import { answer, begin, finish, NOON, onward, withInterviews } from '../support/interview.ts';
import { expect, test } from '../support/test.ts';

const MEDIA = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;

test.beforeEach(async ({ page }) => {
  await page.clock.install({ time: NOON });
});

test('its scripts weigh at most 45 kB, gzip', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (!/\.js($|\?)/.test(response.url())) return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await begin(page);
  const inline = await page
    .locator('script:not([src], [type="application/json"], [type="application/ld+json"])')
    .allInnerTexts();
  const all = [...(await Promise.all(sizes)), ...inline.map((text) => gzipSync(text).length)];
  expect(all.length).toBeGreaterThan(0);
  expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThan(45 * 1024);
});

test('axe finds nothing on the form, a question, and the report, in light, dark and forced colors', async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.setViewportSize({ width: 360, height: 740 });
  const look = async (what: string) => {
    for (const media of MEDIA) {
      await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', media.colorScheme);
      const only = media === MEDIA[0] ? {} : { only: ['color-contrast'] }; // the rest is the same in each
      const found = await audit(page, { within: 'main', ...only });
      expect(found, `${what}, ${JSON.stringify(media)}`).toEqual([]);
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, what).toBe(360);
  };
  await withInterviews(page);
  await look('the form');
  await begin(page, false);
  for (const place of [1, 2, 3]) {
    await look(`question ${place}`);
    await answer(page);
    await look(`question ${place}, answered`);
    await onward(page);
  }
  await finish(page);
  await look('the report');
});
