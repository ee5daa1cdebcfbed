// The review by keyboard, for a screen reader, in every color and on a phone; and what it weighs.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';
import { answer, heading, next, openWith, question, REVIEW } from './review-page.ts';

const two = {
  'open-feed-reader': [['2026-11-10T12:00:00Z', 3]],
  'express-on-socket-path': [['2026-11-11T12:00:00Z', 3]],
} satisfies Parameters<typeof openWith>[1];

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime('2026-11-20T12:00:00Z');
});

test('a review can be done by keyboard alone, and the heading that takes the focus says how much is left', async ({
  page,
}) => {
  await openWith(page, two);
  await expect(heading(page)).toHaveAccessibleDescription('2 due.');
  await question(page, 'open-feed-reader').getByRole('radio').first().focus();
  const right = question(page, 'open-feed-reader').getByRole('radio', { name: 'Any client that' });
  await page.keyboard.press('Space');
  while (!(await right.isChecked())) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(question(page, 'open-feed-reader').getByRole('status')).toHaveText('Right.');
  await expect(next(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Question 2');
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(question(page, 'express-on-socket-path').getByRole('radio').first()).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(next(page)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(heading(page)).toBeFocused();
});

test('the end of the day takes the focus and is announced', async ({ page }) => {
  await openWith(page, { 'open-feed-reader': two['open-feed-reader'] });
  await answer(page, 'open-feed-reader', true);
  await next(page).click();
  await expect(heading(page)).toBeFocused();
  await expect(page.locator('question-review')).toMatchAriaSnapshot(`
    - paragraph: 1 answered today, 1 right.
    - heading "Done for today" [level=2]
    - status: /Next on Dec 15/
    - paragraph: /If you like/
    - paragraph:
      - button "Take 5 new questions"
    - heading "When a question comes back" [level=3]
  `);
});

/** Each state of the page, and what is seen in it. */
const states: [name: string, open: (page: Page) => Promise<unknown>][] = [
  ['a new reader', (page) => page.goto(REVIEW)],
  ['a question', (page) => openWith(page, two)],
  [
    'its reasons',
    async (page) => {
      await openWith(page, two);
      await answer(page, 'open-feed-reader', false);
    },
  ],
  ['the end', (page) => openWith(page, { 'open-feed-reader': [['2026-11-20T11:00:00Z', 3]] })],
];

/** Which of the system's colors a button's words and its ground have. */
function systemColors(button: Element): (string | undefined)[] {
  const { color, backgroundColor } = getComputedStyle(button);
  const probe = document.body.appendChild(document.createElement('i'));
  const names = ['ButtonText', 'ButtonFace'].map((name) => {
    probe.style.color = name;
    return [getComputedStyle(probe).color, name] as const;
  });
  probe.remove();
  return [color, backgroundColor].map((value) => new Map(names).get(value));
}

for (const [name, open] of states) {
  test(`axe finds nothing, and nothing is cut off at 360 px, light, dark and in forced colors: ${name}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await open(page);
    if (name !== 'a new reader') await expect(page.getByText(/due\.|today,/).first()).toBeVisible();
    if (name === 'a question') await expect(question(page, 'open-feed-reader')).toBeVisible();
    expect(await audit(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await audit(page, { only: ['color-contrast'] })).toEqual([]);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    // axe reads the color of a button's words where the author's still stands: `-webkit-text-fill-color`.
    const forced = { only: ['color-contrast'], anyColors: '.button' }; // only colors differ
    expect(await audit(page, forced)).toEqual([]);
    for (const button of await page.locator('question-review .button:visible').all())
      expect(await button.evaluate(systemColors)).toEqual(['ButtonText', 'ButtonFace']);
  });
}

test('its JavaScript weighs at most 45 kB, gzip', async ({ page }) => {
  const bodies = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || !response.ok()) return;
    const size = response.body().then((body) => gzipSync(body).length);
    bodies.set(response.url(), size);
  });
  await openWith(page, two);
  await expect(question(page, 'open-feed-reader')).toBeVisible();
  await page.waitForLoadState('networkidle');
  const inline = await page.evaluate(() =>
    [...document.scripts].map((script) => script.textContent).join('\n'),
  );
  const sizes = [...(await Promise.all(bodies.values())), gzipSync(inline).length];
  expect(bodies.size).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(45 * 1024);
});
