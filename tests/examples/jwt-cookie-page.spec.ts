// jwt-cookie's page in a real browser.
import { goodbye, lab, nobody } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

test('the browser adds the HttpOnly cookie to the polling request and to the WebSocket handshake', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await shareExample('jwt-cookie');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const sent = new Map<string, string>(); // by request: its Cookie header
  let polling = '';
  let websocket = '';
  devtools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    sent.set(requestId, headers['Cookie'] ?? '');
  });
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('transport=polling')) polling ||= requestId;
  });
  devtools.on('Network.webSocketWillSendHandshakeRequest', ({ request }) => {
    websocket = request.headers['Cookie'] ?? '';
  });
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  page.on('websocket', (socket) => urls.push(socket.url()));
  await page.goto(origin);
  const { press, signIn, log } = lab(page);
  await signIn();
  await press('What the browser has');
  await expect(log).toContainText('connected as socket');
  await expect.poll(() => websocket).toMatch(/^token=eyJ/);
  expect(sent.get(polling)).toBe(websocket);
  expect(urls.join()).not.toContain('eyJ');
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('every button of the cookie page does what it says', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...goodbye, ...nobody);
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  const { log, state, button, press, signIn, say } = lab(page);

  await expect(state).toHaveText('Signed out, not connected.');
  await press('What the browser has');
  await expect(log.getByText('refused: TOKEN_MISSING')).toHaveCount(1);
  await press('Garbage');
  await expect(log.getByText('refused: TOKEN_INVALID')).toHaveCount(1);
  await press('What does a script see?');
  await expect(log).toContainText('document.cookie is "token=garbage"');
  await press('No cookie');
  await expect(log.getByText('refused: TOKEN_MISSING')).toHaveCount(2);

  await signIn();
  await press('What does a script see?');
  await expect(log).toContainText('document.cookie is ""');
  await press('What the browser has');
  await expect(state).toHaveText('Signed in as ann, connected.');
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  await say('ann', '<b>hello</b>');
  await press('No cookie');
  await expect(log).toContainText('Sign out first.');

  await press('Garbage');
  await expect(log).toContainText('the browser kept it');
  await expect(log.getByText('connected as socket')).toHaveCount(2);
  await press('The same, by WebSocket alone');
  await expect(log.getByText('connected as socket')).toHaveCount(3);

  await press('Plant a second cookie');
  await expect(log).toContainText('GET /me gets one cookie, and knows ann.');
  await expect(log.getByText('refused: TOKEN_INVALID')).toHaveCount(2);
  await press('Remove the second cookie');
  await press('What the browser has');
  await expect(log.getByText('connected as socket')).toHaveCount(4);

  await press('A cookie that expires');
  await expect(log).toContainText('TOKEN_TTL=10 npm run example jwt-cookie');
  await expect(log.getByText('connected as socket')).toHaveCount(5);
  await press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(state).toHaveText('Signed out, not connected.');
  await expect(button('Sign out')).toBeDisabled();
});

test('a reload leaves the page signed in by the cookie that the browser kept, and a sign-out in another tab ends its socket', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  const { log, state, press, signIn } = lab(page);
  await signIn('bob');
  await page.reload();
  await expect(state).toHaveText('Signed in as bob, not connected.');
  await press('What the browser has');
  await expect(log).toContainText('connected as socket');
  await expect(state).toHaveText('Signed in as bob, connected.');
  const tab = await page.context().newPage();
  await tab.goto(origin);
  await lab(tab).press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(state).toHaveText('Signed out, not connected.');
});

test('when its token expires the socket ends, and the browser drops the cookie', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye, ...nobody);
  const { origin } = await startExample('jwt-cookie', { env: { TOKEN_TTL: '2' } });
  await page.goto(origin);
  const { log, state, press } = lab(page);
  await press('A cookie that expires');
  await expect(log).toContainText('ended: TOKEN_EXPIRED');
  await expect(state).toHaveText('Signed out, not connected.');
  await expect.poll(async () => (await page.context().cookies()).length).toBe(0);
  await press('What the browser has');
  await expect(log).toContainText('refused: TOKEN_MISSING');
});

test('a login in another tab leaves an open socket the first user, and a new one the second', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  const first = lab(page);
  await first.signIn();
  await first.press('What the browser has');
  await expect(first.state).toHaveText('Signed in as ann, connected.');
  const tab = await page.context().newPage();
  await tab.goto(origin);
  await lab(tab).signIn('bob');
  await first.press('Who am I?');
  await expect(first.log).toContainText('"name":"ann"');
  await first.press('What the browser has');
  await expect(first.state).toHaveText('Signed in as bob, connected.');
  await first.press('Who am I?');
  await expect(first.log).toContainText('"name":"bob"');
});

test('the keyboard alone signs in, connects and speaks on the cookie page', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  const { log, state, button } = lab(page);
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(state).toHaveText('Signed in as ann, not connected.');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Tab');
  await expect(button('What the browser has')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(state).toHaveText('Signed in as ann, connected.');
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('Tab');
  await expect(page.getByLabel('Message')).toBeFocused();
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(log).toContainText('ann: hello');
});
