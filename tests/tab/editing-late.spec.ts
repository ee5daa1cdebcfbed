// The editor is a quarter of what a playground weighs: it is fetched when the reader comes near it.
import { expect, test } from '../support/test.ts';
import { editing } from './editing-page.ts';

test.describe.configure({ timeout: 90_000 });

test('a run fetches no editor; scrolling to the sources does', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.setViewportSize({ width: 1280, height: 720 });
  const { button, source, sources } = editing(page);
  await page.goto('./run/auth-field/');
  await button('Run it here').click();
  const inside = page.frameLocator('iframe[title="First browser"]');
  await expect(inside.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 30_000 });
  const editor = () => asked.filter((path) => /\/_astro\/editor\.[\w-]+\.js$/.test(path));
  expect(editor()).toEqual([]);
  await source.scrollIntoViewIfNeeded();
  await expect(sources.locator('.prism-code-editor')).toBeVisible();
  expect(editor()).toHaveLength(1);
});
