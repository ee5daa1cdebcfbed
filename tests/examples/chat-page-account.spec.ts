// The page of the chat when something goes wrong, ends, or is an admin's.
import { come, steered } from '../support/chat.ts';
import { other, parts, signIn } from '../support/chat-page.ts';
import { answerTo } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(({ expected }) => void expected.push(/401/)); // GET /me, before somebody signs in

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

test('a chat page in view keeps its session, though it loads nothing', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('chat');
  await page.clock.install();
  await signIn(page, origin);
  const asked = page.waitForResponse('**/me');
  await page.clock.fastForward('05:01');
  expect((await (await asked).allHeaders())['set-cookie']).toMatch(/^sid=/);
});
