// What is kept of a reader's edits, and what the reader has to choose.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { editing, KEY, SERVER } from './editing-page.ts';

test.describe.configure({ timeout: 120_000 });

/** Stores edits before the page is opened: path and text, each made from the hash given. */
async function store(page: Page, files: Record<string, string>, base = ''): Promise<void> {
  const bases = Object.fromEntries(Object.keys(files).map((path) => [path, base]));
  await put(page, JSON.stringify({ version: 1, files, base: bases }));
}

async function put(page: Page, text: string, key = KEY): Promise<void> {
  await page.goto('./favicon.svg'); // of the site, and nothing on it
  await page.evaluate(([at, value]) => localStorage.setItem(at, value), [key, text] as const);
}

test('edits outlive a reload, in each file, and nothing of the address changes them', async ({
  page,
}) => {
  const { openEditor, source, pick, button, state, notices } = editing(page);
  const letServer = await openEditor();
  await source.press('Control+Home');
  await page.keyboard.type('// kept\n');
  await pick('examples/auth-field/.env');
  await source.fill('TOKEN_TTL=77\n');
  await letServer();
  await page.goto('./run/auth-field/?code=evil&run=1#throw new Error(1)');
  await expect(button('Run it here')).toBeEnabled();
  await expect(page.locator('iframe')).toHaveCount(0); // nothing runs by itself
  await button('Run it here').click();
  await expect(state).toHaveText(/^Running/);
  await expect(source).toHaveValue(/^\/\/ kept\n/);
  await expect(source).not.toHaveValue(/evil/);
  await pick('examples/auth-field/.env');
  await expect(source).toHaveValue('TOKEN_TTL=77\n');
  await expect(notices).toBeEmpty();
});

test('a new text of the course under an edit: keep mine, or take the course’s', async ({
  page,
}) => {
  const mine = '// mine of last year\n';
  await store(page, { [SERVER]: mine }, 'made-from-another');
  const { openEditor, choice, button, source, notices, stored } = editing(page);
  await openEditor();
  await expect(notices).toContainText(`The course has a new version of ${SERVER}`);
  const group = choice(`${SERVER}, new in the course`);
  await group.getByRole('button', { name: 'Show the difference' }).click();
  await expect(group.getByRole('table')).toContainText('mine of last year');
  await button('Take the course’s').click();
  await expect(source).toHaveValue(/^\/\/ A JWT in the handshake/);
  await expect.poll(stored).toEqual({});
  await source.press('Control+z');
  await expect(source).toHaveValue(mine);
  await expect.poll(stored).toEqual({ [SERVER]: mine });

  await store(page, { [SERVER]: mine }, 'made-from-another');
  await openEditor();
  await choice(`${SERVER}, new in the course`).getByRole('button', { name: 'Keep mine' }).click();
  await expect(notices).toHaveText(`Your text of ${SERVER} is kept.`);
  await openEditor();
  await expect(source).toHaveValue(mine);
  await expect(notices).toBeEmpty();
});

test('a file that the course no longer has is kept, and goes at the reader’s word alone', async ({
  page,
}) => {
  const gone = 'examples/auth-field/old.ts';
  await store(page, { [gone]: 'export {};\n' });
  const { openEditor, choice, button, notices, stored } = editing(page);
  await openEditor();
  await expect(notices).toContainText(`The course no longer has ${gone}.`);
  const group = choice(`${gone}, gone from the course`);
  const saved = page.waitForEvent('download');
  await group.getByRole('button', { name: 'Download it' }).click();
  expect((await saved).suggestedFilename()).toBe('old.ts');
  await group.getByRole('button', { name: 'Throw it away' }).press('Enter');
  expect(await stored()).toEqual({ [gone]: 'export {};\n' });
  await button('Throw it away, for good').press('Enter');
  await expect(notices).toHaveText(`Your text of ${gone} is thrown away.`);
  expect(await stored()).toEqual({});
});

for (const [what, text] of [
  ['corrupt', '{oops'],
  ['edited by hand', '{"version":1,"files":{"examples/auth-field/server.ts":7}}'],
] as const) {
  test(`storage that is ${what} is set aside, offered, and the editor goes on`, async ({
    page,
  }) => {
    await put(page, text);
    const { openEditor, source, choice, notices, stored, setAside } = editing(page);
    await openEditor();
    await expect(notices).toContainText('They were set aside, not deleted.');
    const group = choice(/^Set aside .+, and not readable$/);
    await expect(group.getByRole('button')).toHaveText(['Download it', 'Throw it away']);
    await source.press('Control+Home');
    await page.keyboard.type('// on');
    await expect.poll(stored).toEqual({ [SERVER]: expect.stringMatching(/^\/\/ on/) });
    expect(await setAside()).toEqual([text]);
  });
}

test('what a newer version of the site stored is left alone, and said', async ({ page }) => {
  const newer = '{"version":2,"files":[]}';
  await put(page, newer);
  const { openEditor, source, notices } = editing(page);
  await openEditor();
  await expect(notices).toContainText('saved by a newer version of this site');
  await source.press('Control+Home');
  await page.keyboard.type('// on');
  await expect(source).toHaveValue(/^\/\/ on/);
  await source.evaluate(() => dispatchEvent(new Event('pagehide')));
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBe(newer);
});

for (const kind of ['full', 'blocked'] as const) {
  test(`storage that is ${kind} is said, the editor goes on, and it can be tried again`, async ({
    page,
  }) => {
    await page.addInitScript((how) => {
      const { setItem, getItem } = Storage.prototype;
      const refuse = (key: string) => {
        if (Reflect.get(globalThis, 'room') || !key.startsWith('handshake.edits')) return;
        throw new DOMException(how, how === 'full' ? 'QuotaExceededError' : 'SecurityError');
      };
      Storage.prototype.setItem = function (key, value) {
        refuse(key);
        setItem.call(this, key, value);
      };
      if (how === 'full') return;
      Storage.prototype.getItem = function (key) {
        refuse(key);
        return getItem.call(this, key);
      };
    }, kind);
    const { openEditor, source, button, choice, notices, state, stored } = editing(page);
    const letServer = await openEditor();
    await expect(notices).toBeEmpty(); // nothing to lose yet
    await source.press('Control+Home');
    await page.keyboard.type("throw new Error('mine');");
    await expect(notices).toContainText('Your changes are not saved');
    await letServer();
    await button('Run').click();
    await expect(state).toContainText('See line 1 of server.ts.'); // it runs all the same
    const again = choice('Not saved').getByRole('button', { name: 'Try to save again' });
    await again.press('Enter');
    await expect(notices).toContainText('They are still not saved.');
    await page.evaluate(() => Reflect.set(globalThis, 'room', true));
    await again.press('Enter');
    await expect(notices).toHaveText('Your changes are saved.');
    await expect(again).toHaveCount(0);
    expect(await stored()).toEqual({ [SERVER]: expect.stringMatching(/^throw new Error/) });
  });
}
