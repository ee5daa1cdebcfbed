// refresh-rotation's page in a real browser.

import { answerTo } from '../support/raw.ts';
import {
  asked,
  countRefreshes,
  enter,
  logOf,
  noRenewal,
  press,
  signIn,
} from '../support/refresh-page.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

const NAME = 'refresh-rotation';
const goodbye = [/400: .*\/socket\.io\//, /status of 400/];

test.beforeEach(({ expected }) => void expected.push(...asked));

test('every button of the refresh page does what it says', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await shareExample(NAME);
  const [log, status] = [logOf(page), page.getByRole('status')];
  await page.goto(origin);
  await expect(status).toHaveText('Signed out, not connected.');
  await press(page, 'No token');
  await expect(log).toContainText('refused: TOKEN_MISSING');
  await signIn(page, origin);
  await press(page, 'A token of the moment');
  await expect(status).toHaveText('Signed in as ann, connected.');
  await press(page, 'Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  await page.getByLabel('Message').fill('<b>hello</b>');
  await press(page, 'Say it');
  await expect(log).toContainText('ann: <b>hello</b>');
  await press(page, 'Refresh');
  await expect(log).toContainText('a new access token, and a new cookie');
  await expect(log).toContainText('new token for the open socket');
  await press(page, 'Cut the line');
  await expect(log.getByText('connected as socket')).toHaveCount(2);
  await press(page, 'A token for good');
  await expect(log.getByText('connected as socket')).toHaveCount(3);
  await press(page, 'Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(status).toHaveText('Signed out, not connected.');
  await page.reload();
  await expect(status).toHaveText('Signed out, not connected.');
});

test('a reload signs in by the cookie, and no script finds it', async ({ page, shareExample }) => {
  const { origin } = await shareExample(NAME);
  await signIn(page, origin);
  expect(
    await page.evaluate(() =>
      [document.cookie, ...Object.values(localStorage), ...Object.values(sessionStorage)].join(),
    ),
  ).toBe('');
  await page.reload();
  await expect(logOf(page)).toContainText('signed in as ann, by the cookie');
  const [cookie] = await page.context().cookies(`${origin}/refresh`);
  expect(cookie).toMatchObject({ name: 'refresh', httpOnly: true, sameSite: 'Strict' });
});

test('a script on the page cannot read the refresh cookie, and can use it', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample(NAME);
  await signIn(page, origin);
  const stolen = await page.evaluate(async () => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch('/refresh', { method: 'POST', headers, body: '{}' });
    return { cookie: document.cookie, token: (await answer.json()).token };
  });
  expect(stolen.cookie).toBe('');
  expect(await answerTo(origin, { auth: { token: stolen.token } })).toBe('connected');
});

test('the refresh cookie goes to no other route', async ({ page, shareExample }) => {
  const { origin } = await shareExample(NAME);
  const carried: string[] = [];
  page.on('request', async (request) => {
    const { cookie = '' } = await request.allHeaders().catch(() => ({}) as Record<string, string>);
    if (cookie.includes('refresh=')) carried.push(new URL(request.url()).pathname);
  });
  await enter(page, origin);
  await press(page, 'Refresh');
  await expect(logOf(page)).toContainText('a new access token');
  await press(page, 'Who am I?');
  await expect(logOf(page)).toContainText('you are');
  expect([...new Set(carried)]).toEqual(['/refresh']);
});

test('a page gets new tokens ahead of time, and its socket stays through two of them', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '3' } });
  await enter(page, origin);
  const log = logOf(page);
  await expect(log.getByText('new token for the open socket')).toHaveCount(3, { timeout: 10_000 });
  await expect(log.getByText('connected as socket')).toHaveCount(1);
  await expect(log).not.toContainText('ended');
});

test('after TOKEN_EXPIRED the page refreshes once, and is back', async ({ page, startExample }) => {
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '2' }, variant: noRenewal });
  await enter(page, origin);
  const counts = countRefreshes(page);
  await expect(logOf(page)).toContainText('ended: TOKEN_EXPIRED', { timeout: 4_000 });
  await expect(logOf(page).getByText('connected as socket')).toHaveCount(2, { timeout: 1_500 });
  expect(counts).toEqual({ 200: 1 });
});

test('a socket with its token in an object is refused when it comes back after exp', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '3' } });
  await signIn(page, origin);
  await press(page, 'A token for good');
  await expect(logOf(page)).toContainText('connected as socket');
  await expect(logOf(page)).toContainText('ended: TOKEN_EXPIRED', { timeout: 5_000 });
  await expect(page.getByRole('status')).toHaveText('Signed in as ann, not connected.');
});
