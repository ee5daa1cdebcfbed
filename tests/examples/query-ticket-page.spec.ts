// query-ticket's page in a real browser.
import { goodbye, lab } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

test('no URL holds the token, each line takes a new ticket, and one that stands there was used already', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await shareExample('query-ticket');
  const urls: string[] = [];
  const tickets = new Set<string>();
  page.on('request', (request) => {
    urls.push(request.url());
    const ticket = new URL(request.url()).searchParams.get('ticket');
    if (ticket) tickets.add(ticket);
  });
  page.on('websocket', (socket) => urls.push(socket.url()));
  await page.goto(origin);
  const { log, press, signIn } = lab(page);
  await signIn();
  await press('A new ticket');
  await expect(log).toContainText('connected as socket');
  await expect.poll(() => urls.some((url) => url.startsWith('ws:'))).toBe(true);
  expect(urls.join()).not.toContain('eyJ');
  expect(urls.some((url) => /[?&]ticket=[\w-]{43}/.test(url))).toBe(true);
  await press('Cut the transport');
  await expect(log.getByText('connected as socket')).toHaveCount(2);
  expect(tickets.size).toBe(2);
  expect(urls.join()).not.toContain('eyJ');
  await press('The same ticket again');
  await expect(log).toContainText('refused: TICKET_USED');
});

test('every button of the ticket page does what it says', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await shareExample('query-ticket');
  await page.goto(origin);
  const { log, state, button, press, signIn, say } = lab(page);

  await expect(button('The same ticket again')).toBeDisabled();
  await press('No ticket');
  await expect(log).toContainText('refused: TOKEN_MISSING');
  await press('Garbage');
  await expect(log).toContainText('refused: TOKEN_INVALID');
  await expect(button('The same ticket again')).toBeDisabled();

  await signIn();
  await press('A new ticket');
  await expect(state).toHaveText('Signed in as ann, connected.');
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  await say('ann', '<b>hello</b>');
  await press('Buy a ticket and hold it');
  await expect(page.getByText(/The ticket you hold is \d s old\./)).toBeVisible();
  await press('Connect with it');
  await expect(log.getByText('connected as socket')).toHaveCount(2);
  await press('Connect with it');
  await expect(log).toContainText('refused: TICKET_USED');
  await press('A login that expires');
  await expect(log).toContainText('TOKEN_TTL=10 npm run example query-ticket');

  await press('A new ticket');
  await expect(state).toHaveText('Signed in as ann, connected.');
  await press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(state).toHaveText('Signed out, not connected.');
});

test('a ticket that comes after its seconds is refused', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await startExample('query-ticket', { env: { TICKET_TTL: '1' } });
  await page.goto(origin);
  const { log, press, signIn } = lab(page);
  await signIn();
  await press('Buy a ticket and hold it');
  await expect(page.getByText(/The ticket you hold is [1-9] s old\./)).toBeVisible();
  await press('Connect with it');
  await expect(log).toContainText('refused: TICKET_EXPIRED');
});

test('the client waits longer after each failure, and comes back with the server', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(/ERR_CONNECTION_REFUSED/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/);
  const example = await startExample('query-ticket');
  await page.goto(example.origin);
  const { log, press, signIn } = lab(page);
  await signIn();
  await press('A new ticket');
  await expect(log).toContainText('connected as socket');
  await example.stop();
  await expect(log.getByText('not connected: ')).toHaveCount(2);
  const waits = (await log.getByText('next try in').allTextContents()).map((line) =>
    Number.parseFloat(line.slice('next try in '.length)),
  );
  waits.forEach((seconds, i) => {
    expect(seconds).toBeGreaterThanOrEqual(0.5 * 2 ** i);
    expect(seconds).toBeLessThanOrEqual(2 ** i);
  });
  await startExample('query-ticket', { args: ['--port', new URL(example.origin).port] });
  await expect(log.getByText('connected as socket')).toHaveCount(2, { timeout: 10_000 });
});

test('a refusal is final: the client with tickets does not try again', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await startExample('query-ticket', { env: { TOKEN_TTL: '3' } });
  let bought = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/ticket')) bought += 1;
  });
  await page.goto(origin);
  const { log, press } = lab(page);
  await press('A login that expires');
  await expect(page.getByText(/Your login ends in \d s\./)).toBeVisible();
  await expect(log).toContainText('ended: TOKEN_EXPIRED');
  await expect(log).toContainText('disconnected: io server disconnect');
  await expect(log).not.toContainText('next try'); // it would stand right after the disconnect
  expect(bought).toBe(1);
});
