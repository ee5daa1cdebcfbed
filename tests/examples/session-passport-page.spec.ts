// session-passport's page in a real browser.
import { goodbye, lab, nobody } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

test('every button of the session page does what it says', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye, ...nobody);
  const { origin } = await shareExample('session-passport');
  await page.goto(origin);
  const { log, state, press, signIn, say } = lab(page);
  const connected = log.getByText('connected as socket');
  const online = page.getByRole('list', { name: 'Who is online' });

  await expect(state).toHaveText('Signed out, not connected.');
  await press('My session');
  await expect(log.getByText('refused: SESSION_MISSING')).toHaveCount(1);
  await press('No cookie');
  await expect(log.getByText('refused: SESSION_MISSING')).toHaveCount(2);
  await press('Garbage');
  await expect(log.getByText('refused: SESSION_MISSING')).toHaveCount(3);
  await expect(online).toHaveText('Connect to see.');

  await signIn();
  await expect(state).toHaveText('Signed in as ann, connected.');
  await expect(online.getByRole('listitem')).toHaveText(['ann']);
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  await say('ann', '<b>hello</b>');
  await page.getByLabel('My status').fill('<i>at lunch</i>');
  await press('Keep it in my session');
  await expect(online.getByRole('listitem')).toHaveText(['ann: <i>at lunch</i>']);
  await press('No cookie');
  await expect(log).toContainText('asked or not. Sign out first.');
  await press('Garbage');
  await expect(log).toContainText('HttpOnly cookie. Sign out first.');
  await press('The same, by WebSocket alone');
  await expect(connected).toHaveCount(2);
  await press('My session');
  await expect(connected).toHaveCount(3);

  await press('A session that expires');
  await expect(log).toContainText('SESSION_TTL=10 npm run example session-passport');
  await expect(connected).toHaveCount(4);
  await press('Sign out');
  await expect(state).toHaveText('Signed out, not connected.');
  await expect(online).toHaveText('Connect to see.');
});

test('a status is kept in the session: it is there after a reload', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await shareExample('session-passport');
  await page.goto(origin);
  const { state, press, signIn } = lab(page);
  await signIn();
  await page.getByLabel('My status').fill('at lunch');
  await press('Keep it in my session');
  await expect(page.getByText('ann: at lunch')).toBeVisible();
  await page.reload();
  await expect(state).toHaveText('Signed in as ann, connected.');
  await expect(page.getByText('ann: at lunch')).toBeVisible();
});

test('a login makes a new session: the old socket ends, and the page connects anew', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await shareExample('session-passport');
  await page.goto(origin);
  const { log, state, signIn } = lab(page);
  await signIn();
  await expect(state).toHaveText('Signed in as ann, connected.');
  const [before] = await page.context().cookies();
  await signIn('bob');
  await expect(log).toContainText('ended: SESSION_EXPIRED');
  await expect(state).toHaveText('Signed in as bob, connected.');
  const [after] = await page.context().cookies();
  expect(after?.value).not.toBe(before?.value);
});

test('two tabs share a session: one person is online, and both tabs end at the logout', async ({
  page,
  browser,
  startExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await startExample('session-passport');
  await page.goto(origin);
  const first = lab(page);
  await first.signIn();
  const tab = await page.context().newPage();
  await tab.goto(origin);
  const second = lab(tab);
  await expect(second.state).toHaveText('Signed in as ann, connected.');
  const elsewhere = await browser.newPage();
  await elsewhere.goto(origin);
  await lab(elsewhere).signIn('bob');
  const online = page.getByRole('list', { name: 'Who is online' }).getByRole('listitem');
  await expect(online).toHaveText(['ann', 'bob']);

  await second.press('Sign out');
  await expect(first.log).toContainText('ended: SESSION_EXPIRED');
  await expect(first.state).toHaveText('Signed out, not connected.');
  await expect(elsewhere.getByRole('list').getByRole('listitem')).toHaveText(['bob']);
  await elsewhere.close();
});

test('when the session ends by time, the page hears it on the socket', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await startExample('session-passport', { env: { SESSION_TTL: '2' } });
  await page.goto(origin);
  const { log, state, press } = lab(page);
  await press('A session that expires');
  await expect(log).toContainText('ended: SESSION_EXPIRED');
  await expect(state).toHaveText('Signed out, not connected.');
});
