// How the editor looks: sizes on a phone, colors in both themes and in forced ones, the mark, the differences.
import type { Locator, Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { expect, test } from '../support/test.ts';
import { editing, SERVER } from './editing-page.ts';

test.describe.configure({ timeout: 90_000 });

const styleOf = (element: Locator, name: 'color' | 'fontSize' | 'backgroundColor') =>
  element.evaluate((found, property) => getComputedStyle(found)[property], name);

/** WCAG 2.2: the contrast of two colors as browsers write them, `rgb(…)`. */
function contrast(one: string, two: string): number {
  const [a = 0, b = 0] = [one, two]
    .map((color) => {
      const [r = 0, g = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((each) => {
        const part = Number(each) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
    })
    .sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

/** The page in one theme after the other: what holds in it has to hold in both. */
async function inEachTheme(page: Page, look: (scheme: string) => Promise<void>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await look(colorScheme);
  }
}

/** On a phone axe finds nothing, and nothing stands out to the side. */
const auditPhone = (page: Page) =>
  inEachTheme(page, async (scheme) => {
    expect(await audit(page, { anyColors: '.editor' }), scheme).toEqual([]); // its colors: see below
    expect(await page.evaluate(() => document.documentElement.scrollWidth), scheme).toBe(360);
  });

test('TypeScript, HTML, CSS and .env are colored, each color readable, light and dark', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const { openEditor, pick, sources } = editing(page);
  await openEditor();
  for (const [path, tokens] of [
    [SERVER, ['.keyword', '.string', '.number', '.comment']],
    ['examples/auth-field/index.html', ['.tag > .tag', '.attr-name', '.attr-value']],
    ['examples/lib/page.css', ['.property', '.comment']],
    ['examples/auth-field/.env', ['.property', '.comment']],
  ] as const) {
    await pick(path);
    await inEachTheme(page, async (scheme) => {
      const ground = await styleOf(sources.locator('.prism-code-editor'), 'backgroundColor');
      const ink = await styleOf(sources.locator('.prism-code-editor'), 'color');
      for (const token of tokens) {
        const found = sources.locator(`.pce-line ${token}`).first();
        await expect(found, `${path}: ${token}`).toBeAttached();
        const color = await styleOf(found, 'color');
        expect(color, `${scheme}, ${path}: ${token}`).not.toBe(ink);
        expect(contrast(color, ground), `${scheme}, ${path}: ${token}`).toBeGreaterThanOrEqual(4.5);
      }
    });
  }
});

test('at 360 px: 16 px of text, a marked line, the differences, and axe finds nothing', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 360, height: 740 });
  const { openEditor, source, sources, button, change, state } = editing(page);
  const letServer = await openEditor();
  expect(await styleOf(source, 'fontSize')).toBe('16px');
  await change((text) => text.replace('15 * 60', '15 * * 60'));
  await letServer();
  await button('Run').click();
  await expect(state).toContainText(/See line \d+ of server\.ts\./);
  const marked = sources.locator('.pce-line.error-line');
  await expect(marked).toContainText('15 * * 60');
  await inEachTheme(page, async (scheme) => {
    const mark = await marked.evaluate((line) => getComputedStyle(line, '::before').content);
    expect(mark, scheme).toMatch(/^"!"/);
  });
  const shows = button('Show my changes');
  await expect(shows).toHaveAttribute('aria-expanded', 'false');
  await shows.press('Enter');
  const table = sources.getByRole('table', { name: `Changes in ${SERVER}` });
  await expect(
    sources.getByText(`You have changed ${SERVER}: 1 line added, 1 line removed.`),
  ).toBeVisible();
  await expect(table.getByRole('row', { name: /removed/ })).toContainText('15 * 60');
  await expect(table.getByRole('row', { name: /added/ })).toContainText('15 * * 60');
  await expect(button('Hide my changes')).toHaveAttribute('aria-expanded', 'true');
  // It follows what is typed, and goes with the file.
  await change((text) => text.replace('15 * * 60', '16 * 60'));
  await expect(table.getByRole('row', { name: /added/ })).toContainText('16 * 60');
  await auditPhone(page);
  await sources.getByLabel('File').selectOption('examples/auth-field/client.ts');
  await expect(table).toHaveCount(0);
  await expect(shows).toHaveAttribute('aria-expanded', 'false');
});

test('at 360 px a choice fits, and axe finds nothing', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./favicon.svg');
  await page.evaluate((path) => {
    const old = { version: 1, files: { [path]: '// old\n' }, base: { [path]: 'other' } };
    localStorage.setItem('handshake.edits.auth-field', JSON.stringify(old));
    localStorage.setItem('handshake.edits.auth-field.set-aside.by-hand', '{oops');
  }, SERVER);
  const { openEditor, choice } = editing(page);
  await openEditor();
  await choice(/new in the course$/)
    .getByRole('button', { name: 'Show the difference' })
    .click();
  await expect(choice(/new in the course$/).getByRole('table')).toBeVisible();
  await expect(choice('Set aside by-hand, and not readable')).toBeVisible();
  await auditPhone(page);
});

test('in forced colors the code has the system’s, and the cursor’s line and the mark are seen', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const { openEditor, sources, change, button, state } = editing(page);
  const letServer = await openEditor();
  const editor = sources.locator('.prism-code-editor');
  const ground = await styleOf(editor, 'backgroundColor');
  for (const token of ['.keyword', '.string', '.comment']) {
    const color = await styleOf(sources.locator(`.pce-line ${token}`).first(), 'color');
    expect(contrast(color, ground), token).toBeGreaterThanOrEqual(7);
  }
  await change((text) => `const = 1;\n${text}`);
  await letServer();
  await button('Run').click();
  await expect(state).toContainText('See line 1 of server.ts.');
  const mark = await sources
    .locator('.error-line')
    .evaluate((line) => getComputedStyle(line, '::before').content);
  expect(mark).toMatch(/^"!"/); // no color alone
});
