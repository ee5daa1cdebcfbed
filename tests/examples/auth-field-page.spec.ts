// auth-field's page in a real browser.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

// After a refusal the server closes, and the polling client says goodbye to a session that is gone.
const goodbye = [/400: .*\/socket\.io\//, /status of 400/];

const logOf = (page: Page) => page.getByRole('log', { name: 'What happened' });

async function signIn(page: Page, name = 'ann'): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(logOf(page)).toContainText(`signed in as ${name}`);
}

test('the token travels in the CONNECT packet, in no URL and no header', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('auth-field');
  const seen: string[] = [];
  const frames: string[] = [];
  page.on('request', (request) => {
    if (!request.url().includes('/socket.io/?')) return;
    frames.push(request.postData() ?? '');
    seen.push(request.url(), JSON.stringify(request.headers()));
  });
  page.on('websocket', (socket) => seen.push(socket.url())); // a page can set no header on it
  await page.goto(origin);
  await signIn(page);
  await page.getByRole('button', { name: 'My token', exact: true }).click();
  await expect(logOf(page)).toContainText('connected as socket');
  expect(frames.some((body) => body.startsWith('40{"token":"eyJ'))).toBe(true);
  await expect.poll(() => seen.some((url) => url.startsWith('ws:'))).toBe(true);
  expect(seen.join()).not.toContain('eyJ');
});

test('a login on the page ends the socket of the login before', async ({ page, shareExample }) => {
  const { origin } = await shareExample('auth-field');
  await page.goto(origin);
  const status = page.getByRole('status');
  await signIn(page, 'ann');
  await page.getByRole('button', { name: 'My token', exact: true }).click();
  await expect(status).toHaveText('Signed in as ann, connected.');
  await signIn(page, 'bob');
  await expect(status).toHaveText('Signed in as bob, not connected.');
  await page.getByRole('button', { name: 'My token', exact: true }).click();
  await expect(status).toHaveText('Signed in as bob, connected.');
  await page.getByRole('button', { name: 'Who am I?' }).click();
  await expect(logOf(page)).toContainText('you are {"id":"u2","name":"bob","role":"member"}');
});

test('every button of the page does what it says', async ({ page, shareExample, expected }) => {
  expected.push(...goodbye);
  const { origin } = await shareExample('auth-field');
  await page.goto(origin);
  const log = logOf(page);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const status = page.getByRole('status');

  await expect(status).toHaveText('Signed out, not connected.');
  await press('No token');
  await expect(log).toContainText('refused: TOKEN_MISSING');
  await press('Garbage');
  await expect(log).toContainText('refused: TOKEN_INVALID');

  await signIn(page);
  await press('My token');
  await expect(log).toContainText('connected as socket');
  await expect(status).toHaveText('Signed in as ann, connected.');
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  await page.getByLabel('Message').fill('<b>hello</b>');
  await press('Say it');
  await expect(log).toContainText('ann: <b>hello</b>');

  await press('My token, at /admin');
  await expect(log).toContainText('refused: FORBIDDEN');
  await press('A tampered token');
  await expect(log.getByText('refused: TOKEN_INVALID')).toHaveCount(2);

  await press('A token that expires');
  await expect(log).toContainText('TOKEN_TTL=10 npm run example auth-field');

  await press('My token');
  await expect(status).toHaveText('Signed in as ann, connected.');
  await press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(status).toHaveText('Signed out, not connected.');

  await signIn(page, 'root');
  await press('My token, at /admin');
  await expect(status).toHaveText('Signed in as root, connected.');
});

test('the page counts down to exp, and the socket ends there', async ({ page, startExample }) => {
  const { origin } = await startExample('auth-field', { env: { TOKEN_TTL: '3' } });
  await page.goto(origin);
  await page.getByRole('button', { name: 'A token that expires' }).click();
  await expect(page.getByRole('status')).toHaveText(/The token expires in \d s\./);
  await expect(logOf(page)).toContainText('ended: TOKEN_EXPIRED');
});

test('the official client does not come back after a refusal', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye);
  const example = await shareExample('auth-field');
  const refusals = () => example.log.filter(({ event }) => event === 'refused').length;
  const before = refusals();
  await page.goto(example.origin);
  await page.getByRole('button', { name: 'Garbage' }).click();
  await expect(logOf(page)).toContainText('refused: TOKEN_INVALID');
  await page.clock.install();
  await page.clock.runFor(10_000);
  expect(refusals() - before).toBe(1);
});
