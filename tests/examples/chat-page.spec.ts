// The page of the chat in a real browser, mostly by keyboard.
import type { Browser, Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { come, steered } from '../support/chat.ts';
import { PASSWORD } from '../support/http.ts';
import { answerTo } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** The parts of the page, by what a reader calls them. */
function parts(page: Page) {
  return {
    status: page.getByRole('status'),
    problem: page.getByRole('alert'),
    log: page.getByRole('log'),
    people: page.getByRole('list', { name: 'People' }),
    rooms: page.getByRole('navigation', { name: 'Rooms' }),
    message: page.getByLabel('Message'),
  };
}

async function signIn(page: Page, origin: string, name = 'ann') {
  await page.goto(origin);
  const form = page.getByRole('form', { name: 'Sign in' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(parts(page).status).toHaveText(`Signed in as ${name}. Connected.`);
  return parts(page);
}

/** A browser of somebody else's. */
async function other(browser: Browser, origin: string, name = 'bob') {
  const page = await browser.newPage();
  return { page, ...(await signIn(page, origin, name)) };
}

test.beforeEach(({ expected }) => void expected.push(/401/)); // GET /me, before somebody signs in

test('one signs up, makes a room, invites and talks, by keyboard alone', async ({
  page,
  browser,
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const bob = await other(browser, origin);
  await page.goto(origin);
  const form = page.getByRole('form', { name: 'New here?' });
  await form.getByLabel('A name').focus();
  await page.keyboard.type('cleo');
  await page.keyboard.press('Tab');
  await page.keyboard.type('a horse of 12 words');
  await page.keyboard.press('Enter');
  const { status, log, people, rooms, message } = parts(page);
  await expect(status).toHaveText('Signed in as cleo. Connected.');
  await expect(message).toBeFocused();
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(log.getByText('cleo')).toContainText('cleo');
  await expect(bob.log).toContainText('hello');

  await rooms.getByLabel('New room').focus();
  await page.keyboard.type('Plans');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Plans' })).toBeFocused();
  await expect(log).not.toContainText('hello');
  await page.getByLabel('Invite by name').focus();
  await page.keyboard.type('bob');
  await page.keyboard.press('Enter');
  await expect(people.getByRole('listitem')).toHaveText([
    /^bob\s*online\s*Remove$/,
    /^cleo\s*online$/,
  ]);
  await message.fill('only for us');
  await page.keyboard.press('Enter');
  await expect(log.locator('p')).toHaveCount(1);
  await expect(bob.rooms.getByRole('button', { name: 'Plans (1 new)' })).toBeVisible();
  await expect(bob.log).not.toContainText('only for us');
  await bob.rooms.getByRole('button', { name: 'Plans (1 new)' }).focus();
  await bob.page.keyboard.press('Enter');
  await expect(bob.log).toContainText('only for us');

  await page.getByRole('button', { name: 'Remove bob' }).focus();
  await page.keyboard.press('Enter');
  await expect(bob.rooms.getByRole('button', { name: 'Plans' })).toHaveCount(0);
  await expect(bob.log, 'back in the lobby').toContainText('hello');
  await expect(people.getByRole('listitem')).toHaveText([/^cleo/]);
  await bob.page.close();
});

test('what a message holds is text, and no script of it runs', async ({
  page,
  browser,
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const { log } = await signIn(page, origin);
  const bob = await other(browser, origin);
  const text = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await bob.message.fill(text);
  await bob.page.keyboard.press('Enter');
  await expect(log).toContainText(text);
  expect(await log.locator('img, script').count()).toBe(0);
  expect(await page.title()).toBe('Chat · Handshake');
  await bob.page.close();
});

test('were it shown as markup, the policy of the page would still run no script of it', async ({
  page,
  expected,
  startExample,
}) => {
  expected.push(/Content Security Policy/, /404/, /\/x$/);
  const { origin } = await startExample('chat');
  await signIn(page, origin);
  const blocked = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.violatedDirective === 'script-src-attr') resolve(event.blockedURI);
        });
        const place = document.createElement('div');
        document.body.append(place);
        place.innerHTML = '<img src="/x" onerror="document.title = 1">';
      }),
  );
  expect(blocked).toBe('inline');
  expect(await page.title()).toBe('Chat · Handshake');
});

test('errors are said in words: a wrong password, a weak one, a name that is taken', async ({
  page,
  expected,
  startExample,
}) => {
  expected.push(/400/, /409/, /429/);
  const { origin } = await startExample('chat');
  await page.goto(origin);
  const { problem } = parts(page);
  const login = page.getByRole('form', { name: 'Sign in' });
  await login.getByLabel('Name').fill('bob');
  await login.getByLabel('Password').fill('wrong');
  for (let n = 0; n < 5; n += 1) {
    const answered = page.waitForResponse('**/login');
    await login.getByRole('button').click();
    await answered;
  }
  await expect(problem).toHaveText('Wrong name or password.');
  await login.getByRole('button').click();
  await expect(problem).toHaveText(
    /^Too much at a time. Wait a moment. Try again in \d+ seconds.$/,
  );
  const signUp = page.getByRole('form', { name: 'New here?' });
  await signUp.getByLabel('A name').fill('ann');
  await signUp.getByLabel('A password').fill('passwordpassword');
  await signUp.getByRole('button').click();
  await expect(problem).toHaveText('This password is one of the first that everybody tries.');
  await signUp.getByLabel('A password').fill('a horse of 12 words');
  await signUp.getByRole('button').click();
  await expect(problem).toHaveText('This name is taken.');
});

test('who signs out elsewhere is told, and the next person at the screen sees nothing', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const { message, problem, log, status } = await signIn(page, origin);
  await message.fill('only Ann knows');
  await page.keyboard.press('Enter');
  await expect(log).toContainText('only Ann knows');
  const tab = await page.context().newPage();
  await tab.goto(origin);
  await expect(parts(tab).log).toContainText('only Ann knows');
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await expect(parts(tab).status).toHaveText('Signed out.');
  await expect(problem).toHaveText('This session has ended. Sign in again.');
  await expect(status).toHaveText('Signed out.');
  await expect(log).toHaveCount(0); // hidden
  expect(await page.content()).not.toContain('only Ann knows');
});

test('a message sent while the server is away goes out once it is back, and once only', async ({
  page,
  expected,
  startExample,
}) => {
  expected.push(/ERR_CONNECTION|WebSocket connection|socket\.io|503/);
  const env = { DATABASE_FILE: test.info().outputPath('chat.db') };
  const first = await startExample('chat', { env });
  const { log, message, status } = await signIn(page, first.origin);
  await first.stop('SIGTERM');
  await expect(status).toHaveText('Signed in as ann. No connection. Trying again.');
  await message.fill('are you there?');
  await page.keyboard.press('Enter');
  await expect(log).toContainText('are you there? not sent yet');
  const { port } = new URL(first.origin);
  const second = await startExample('chat', { env, args: ['--port', port] });
  await expect(status).toHaveText('Signed in as ann. Connected.', { timeout: 15_000 });
  await expect(log.getByText('are you there?')).toHaveCount(1);
  await expect(log).not.toContainText('not sent');
  const bob = await come(second.origin, 'bob');
  expect((await bob.ask('history')).messages).toHaveLength(1);
});

test('an admin disables an account on the page, and its person is out', async ({
  page,
  browser,
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const bob = await other(browser, origin);
  await expect(bob.page.getByRole('heading', { name: 'Accounts' })).toBeHidden();
  await signIn(page, origin, 'root');
  const accounts = page.getByRole('list', { name: 'Accounts' });
  await expect(accounts.getByRole('listitem')).toHaveText([
    /^ann\s*Disable$/,
    /^bob\s*Disable$/,
    /^dave, disabled\s*Enable$/,
    /^root, admin$/,
  ]);
  await page.getByRole('button', { name: 'Disable bob' }).focus();
  await page.keyboard.press('Enter');
  await expect(bob.problem).toHaveText('This account is not there any more, or is disabled.');
  await expect(accounts).toContainText('bob, disabled');
  await bob.page.close();
});

test('older messages come on demand', async ({ page, startExample }) => {
  const variant = [['points: 40, duration: 10', 'points: 400, duration: 10', 'events.ts']] as const;
  const { origin } = await startExample('chat', { variant });
  const bob = await come(origin, 'bob');
  for (let n = 1; n <= 60; n += 1) await bob.ask('say', { text: `message ${n}.` });
  const { log } = await signIn(page, origin);
  await expect(log.locator('p')).toHaveCount(50);
  await page.getByRole('button', { name: 'Older messages' }).press('Enter');
  await expect(log.locator('p')).toHaveCount(60);
  await expect(log.locator('p').first()).toContainText('message 1.');
  await expect(page.getByRole('button', { name: 'Older messages' })).toBeHidden();
});

test('axe finds nothing in the chat itself, light and dark, on a phone', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('chat');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'light' });
  const { message, log } = await signIn(page, origin, 'root');
  await message.fill('x'.repeat(300));
  await page.keyboard.press('Enter');
  await expect(log.locator('time')).toHaveCount(1);
  expect(await audit(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await audit(page, { only: ['color-contrast'] }), 'dark').toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('what stands in the URLs of the chat page opens no connection', async ({
  page,
  startExample,
}) => {
  const example = await startExample('chat', steered);
  await signIn(page, example.origin);
  await page.waitForEvent('websocket', { timeout: 2_000 }).catch(() => {}); // it may have been before
  const urls = (await example.steer({ do: 'urls' })) as string[];
  const values = new Set(
    urls
      .filter((url) => url.includes('/socket.io/?'))
      .flatMap((url) => [...new URL(url, example.origin).searchParams])
      .filter(([name]) => !['EIO', 'transport', 't'].includes(name))
      .map(([, value]) => value),
  );
  expect(values.size).toBeGreaterThan(0);
  for (const value of values) {
    const answer = await answerTo(example.origin, {
      headers: { Cookie: `sid=${value}` },
      auth: { token: value },
    });
    expect(answer).toBe('TOKEN_INVALID');
    expect(await answerTo(example.origin, { headers: { Cookie: `sid=${value}` } })).toBe(
      'SESSION_MISSING',
    );
  }
});
