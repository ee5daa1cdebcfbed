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
  await page.goto('./run/auth-field/');
  await page.evaluate(([at, value]) => localStorage.setItem(at, value), [key, text] as const);
}

const setAside = (page: Page): Promise<string[]> =>
  page.evaluate(
    (prefix) =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => localStorage.getItem(key) ?? ''),
    `${KEY}.set-aside.`,
  );

test('edits outlive a reload, in each file, and nothing of the address changes them', async ({
  page,
}) => {
  const { open, source, pick, button, state, notices } = editing(page);
  await open();
  await source.press('Control+Home');
  await page.keyboard.type('// kept\n');
  await pick('examples/auth-field/.env');
  await source.fill('TOKEN_TTL=77\n');
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

/** Two tabs, each with a text of its own for server.ts: that of the first is stored, and the second does not hear of it. */
async function twoTabs(page: Page) {
  const other = await page.context().newPage();
  await other.addInitScript(() => {
    addEventListener('storage', (event) => event.stopImmediatePropagation());
  });
  const [one, two] = [editing(page), editing(other)];
  await two.open();
  await page.bringToFront();
  await one.open();
  const before = await one.change((text) => `// from one\n${text}`);
  await expect.poll(one.stored).toEqual({ [SERVER]: `// from one\n${before}` });
  await other.bringToFront();
  await two.change((text) => `// from two\n${text}`);
  return { other, before };
}

test('two tabs: the text of neither is lost, and “Keep mine” stores it', async ({ page }) => {
  const { other, before } = await twoTabs(page);
  const { choice, button, source, notices, stored } = editing(other);
  await expect(notices).toContainText(`Another tab has changed ${SERVER} too.`);
  await expect(notices).toHaveAttribute('role', 'status');
  const group = choice(`${SERVER}, in two tabs`);
  await expect(group.getByRole('button')).toHaveText([
    'Keep mine',
    'Take the other tab’s',
    'Show the difference',
  ]);
  await group.getByRole('button', { name: 'Show the difference' }).press('Enter');
  const table = group.getByRole('table', { name: `Changes in ${SERVER}` });
  await expect(table.getByRole('row', { name: /removed/ })).toContainText('// from one');
  await expect(table.getByRole('row', { name: /added/ })).toContainText('// from two');
  expect(await stored()).toEqual({ [SERVER]: `// from one\n${before}` });
  expect((await setAside(other)).join()).toContain('// from two');

  await button('Keep mine').press('Enter');
  await expect(notices).toHaveText(`Your text of ${SERVER} is kept.`);
  await expect(notices).toBeFocused();
  await expect(group).toHaveCount(0);
  await expect(source).toHaveValue(`// from two\n${before}`);
  await expect.poll(stored).toEqual({ [SERVER]: `// from two\n${before}` });
  await expect(editing(page).source).toHaveValue(`// from two\n${before}`);
  expect(await setAside(other)).toEqual([]);
});

test('two tabs: “Take the other tab’s” shows it, and undo brings mine back', async ({ page }) => {
  const { other, before } = await twoTabs(page);
  const { button, source, notices, stored } = editing(other);
  await button('Take the other tab’s').press('Enter');
  await expect(source).toHaveValue(`// from one\n${before}`);
  await expect(notices).toContainText('Undo in the editor brings yours back.');
  await source.press('Control+z');
  await expect(source).toHaveValue(`// from two\n${before}`);
  await expect.poll(stored).toEqual({ [SERVER]: `// from two\n${before}` });
});

test('a tab that is closed unasked has set its text aside: “Take it back” brings it', async ({
  page,
}) => {
  const { other, before } = await twoTabs(page);
  await expect(editing(other).notices).toContainText('Another tab has changed');
  await other.close();
  const { open, choice, source, notices } = editing(page);
  await open();
  await expect(source).toHaveValue(`// from one\n${before}`);
  await expect(notices).toContainText('They were set aside, not deleted.');
  const group = choice(/^Set aside .+: examples\/auth-field\/server\.ts$/);
  await group.getByRole('button', { name: 'Take it back' }).press('Enter');
  await expect(source).toHaveValue(`// from two\n${before}`);
  // What stood there is set aside for it, until the reader throws it away, asked twice.
  await expect.poll(() => setAside(page)).toHaveLength(1);
  expect((await setAside(page)).join()).toContain('// from one');
  await group.getByRole('button', { name: 'Throw it away' }).press('Enter');
  expect(await setAside(page)).toHaveLength(1);
  await group.getByRole('button', { name: 'Throw it away, for good' }).press('Enter');
  await expect(notices).toHaveText('Thrown away.');
  expect(await setAside(page)).toEqual([]);
  await expect(source).toHaveValue(`// from two\n${before}`);
});

test('a new text of the course under an edit: keep mine, or take the course’s', async ({
  page,
}) => {
  const mine = '// mine of last year\n';
  await store(page, { [SERVER]: mine }, 'made-from-another');
  const { button, state, choice, source, notices, stored } = editing(page);
  await page.reload();
  await button('Run it here').click();
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
  await page.reload();
  await button('Run it here').click();
  await choice(`${SERVER}, new in the course`).getByRole('button', { name: 'Keep mine' }).click();
  await expect(notices).toHaveText(`Your text of ${SERVER} is kept.`);
  await page.reload();
  await button('Run it here').click();
  await expect(source).toHaveValue(mine);
  await expect(state).toHaveText(/^The server has ended|^Running|^Starting/);
  await expect(notices).toBeEmpty();
});

test('a file that the course no longer has is kept, and goes at the reader’s word alone', async ({
  page,
}) => {
  const gone = 'examples/auth-field/old.ts';
  await store(page, { [gone]: 'export {};\n' });
  const { open, choice, button, notices, stored } = editing(page);
  await open();
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
    const { open, source, choice, notices, stored } = editing(page);
    await open();
    await expect(notices).toContainText('They were set aside, not deleted.');
    const group = choice(/^Set aside .+, and not readable$/);
    await expect(group.getByRole('button')).toHaveText(['Download it', 'Throw it away']);
    await source.press('Control+Home');
    await page.keyboard.type('// on');
    await expect.poll(stored).toEqual({ [SERVER]: expect.stringMatching(/^\/\/ on/) });
    expect(await setAside(page)).toEqual([text]);
  });
}

test('what a newer version of the site stored is left alone, and said', async ({ page }) => {
  const newer = '{"version":2,"files":[]}';
  await put(page, newer);
  const { open, source, notices } = editing(page);
  await open();
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
    const { open, source, button, choice, notices, state, stored } = editing(page);
    await open();
    await expect(notices).toBeEmpty(); // nothing to lose yet
    await source.press('Control+Home');
    await page.keyboard.type("throw new Error('mine');");
    await expect(notices).toContainText('Your changes are not saved');
    await button('Run again').click();
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
