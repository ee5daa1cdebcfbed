// query-token's page in a real browser.
import { goodbye, lab } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

test('the token of the query stands in each URL of the connection, and in performance entries', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('query-token');
  const urls: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/socket.io/?')) urls.push(request.url());
  });
  page.on('websocket', (socket) => urls.push(socket.url()));
  await page.goto(origin);
  const { log, press, signIn } = lab(page);
  await signIn();
  await press('My token');
  await expect(log).toContainText('connected as socket');
  await expect.poll(() => urls.some((url) => url.startsWith('ws:'))).toBe(true);
  expect(urls.length).toBeGreaterThan(3);
  expect(urls.filter((url) => !url.includes('token=eyJ'))).toEqual([]);
  await press('Show the access log');
  await expect(log).toContainText(/with your token in them: [3-9]\./);
  await expect(log.getByText(/^GET \/socket\.io\/\?token=eyJ.*sid=/)).toHaveCount(2);
  await expect(log).toContainText(/any script to read: [2-9]\./);
});

test('every button of the query page does what it says', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await shareExample('query-token');
  await page.goto(origin);
  await expect(page.getByText('The carrier not to choose.')).toBeVisible();
  const { log, state, press, signIn, say } = lab(page);

  await press('No token');
  await expect(log).toContainText('refused: TOKEN_MISSING');
  await press('Garbage');
  await expect(log).toContainText('refused: TOKEN_INVALID');

  await signIn();
  await press('My token');
  await expect(state).toHaveText('Signed in as ann, connected.');
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  await say('ann', '<b>hello</b>');
  await press('My token, at /admin');
  await expect(log).toContainText('refused: FORBIDDEN');
  await press('A tampered token');
  await expect(log.getByText('refused: TOKEN_INVALID')).toHaveCount(2);
  await press('A token that expires');
  await expect(log).toContainText('TOKEN_TTL=10 npm run example query-token');

  await press('My token');
  await expect(state).toHaveText('Signed in as ann, connected.');
  await press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(state).toHaveText('Signed out, not connected.');

  await signIn('root');
  await press('My token, at /admin');
  await expect(state).toHaveText('Signed in as root, connected.');
});

test('a changed query does nothing until the client opens a new connection', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await shareExample('query-token');
  await page.goto(origin);
  const { log, press, signIn } = lab(page);
  await signIn();
  await press('My token');
  await expect(log).toContainText('connected as socket');
  await press('Change the query, then cut');
  await expect(log).toContainText('Nothing happens: you are ann.');
  await expect(log).toContainText('refused: TOKEN_INVALID');
});

test('the query page counts down to exp, and the socket ends there', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('query-token', { env: { TOKEN_TTL: '3' } });
  await page.goto(origin);
  const { log, state, press } = lab(page);
  await press('A token that expires');
  await expect(state).toHaveText(/The token expires in \d s\./);
  await expect(log).toContainText('ended: TOKEN_EXPIRED');
});
