// The page of the chat in a real browser, mostly by keyboard.
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import { come } from '../support/chat.ts';
import { other, parts, signIn } from '../support/chat-page.ts';
import { expect, test } from '../support/test.ts';

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

/** Puts a script where a message would be shown as markup. Gives what the browser says of it. */
async function markup(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.violatedDirective === 'script-src-attr') resolve('blocked');
        });
        Object.assign(window, { run: () => resolve('run') });
        const place = document.createElement('div');
        document.body.append(place);
        place.innerHTML = '<img src="data:," onerror="run()">';
      }),
  );
}

test('what a message holds is text, and were it shown as markup the policy would run no script of it', async ({
  page,
  browser,
  expected,
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
  expected.push(/Content Security Policy/);
  expect(await markup(page)).toBe('blocked');
});

test('without the policy, the script of a message that is shown as markup runs', async ({
  page,
  startExample,
}) => {
  const variant = [["res.set('Content-Security-Policy', policy);", '', 'pages.ts']] as const;
  const { origin } = await startExample('chat', { variant });
  await signIn(page, origin);
  expect(await markup(page)).toBe('run');
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
