// The reader's ways through the course: links, search, themes, keyboard, phone, no JavaScript.
import { expect, test } from '../support/test.ts';

for (const [name, base] of [
  ['/', 'http://localhost:4390/'],
  ['/handshake/', 'http://localhost:4391/handshake/'],
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
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Five places to stand');
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
  await page.goto('./review/'); // each page has it, and this one is light
  await page.getByLabel('Select theme').first().selectOption('dark');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(19, 22, 28)');
  await page.reload();
  expect(await ground()).toBe('rgb(19, 22, 28)');
});

test('the first Tab reaches a link that skips to the content', async ({ page }) => {
  await page.goto('./review/'); // each page has it, and this one is light
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

  test('a proof leads to the line of its test', async ({ page }) => {
    await page.goto('./lessons/start/');
    const title = 'the API answers a stranger 401, and the socket lets the stranger in';
    await page.getByRole('link', { name: title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('open-door.spec.ts');
    const line = page.locator(new URL(page.url()).hash);
    await expect(line).toContainText('test(');
  });

  test('with REPO_URL, links to sources and for edits lead to the repository', async ({ page }) => {
    await page.goto('http://localhost:4391/handshake/lessons/query-ticket/');
    const links = (path: string) => page.locator(`a[href^="https://repo.example/x${path}"]`);
    await expect(links('/edit/main/content/docs/2-tokens/query-ticket.mdx')).toBeVisible();
    await expect(links('/blob/main/examples/query-ticket/server.ts#L').first()).toBeVisible();
    await expect(links('/blob/main/tests/').first()).toBeVisible();
    await expect(page.locator('a[href*="/source/"]')).toHaveCount(0);
  });

  test('a Diff shows what went and what came', async ({ page }) => {
    await page.goto('./lessons/query-ticket/');
    await expect(page.locator('.ec-line.del').first()).toBeVisible();
    await expect(page.locator('.ec-line.ins').first()).toBeVisible();
  });
});
