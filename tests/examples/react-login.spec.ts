// Who react-hook's socket speaks as: after another login, after a logout.
import type { Page } from '@playwright/test';
import type { Example } from '../support/example.ts';
import { get } from '../support/http.ts';
import { openWebSocket, type Raw } from '../support/raw.ts';
import {
  counting,
  failures,
  logOf,
  press,
  say,
  signIn,
  socketsOf,
  statusOf,
} from '../support/react-page.ts';
import { expect, test } from '../support/test.ts';
import { type PageEdit, pageVariant } from '../support/vary-page.ts';

const engine = '**/socket.io/**';

/** The hook keeps its socket, and gives it another token. */
const reused: PageEdit[] = [
  [
    'token === undefined ? nobody : lineFor(token)), [token]);',
    `token === undefined ? nobody : again(token)), [token]);`,
    'useSocket.ts',
  ],
  [
    'const nobody =',
    `let only: ReturnType<typeof lineFor> | undefined;
     function again(token: string) {
       only ??= lineFor(token);
       only.socket.auth = { token };
       only.socket.disconnect().connect();
       return only;
     }
     const nobody =`,
    'useSocket.ts',
  ],
];
/** A form that sends whether or not the socket is connected: what it sends is queued. */
const eager: PageEdit = [
  `<button type="submit" disabled={!connected}>`,
  '<button type="submit">',
  'Connection.tsx',
];

/** Ann writes while the line is broken, and Bob signs in on her page. Gives what others hear after that. */
async function writeAndSwitch(page: Page, example: Example): Promise<Raw> {
  const other = await openWebSocket(example.origin);
  await other.connect({ token: example.sign({ sub: 'u3' }) });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await page.route(engine, (route) => route.abort());
  await press(page, 'Break the line');
  await expect(statusOf(page)).not.toContainText('connected');
  await say(page, 'I quit');
  await page.unroute(engine);
  await signIn(page, 'bob');
  await expect(logOf(page)).toContainText('signed in as bob');
  await expect(statusOf(page)).toContainText('connected', { timeout: 15_000 });
  await say(page, 'good morning');
  return other;
}

test('what waited in the socket of one login does not go out as another', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook', { variant: pageVariant([eager]) });
  const other = await writeAndSwitch(page, example);
  expect(await other.next('42["said"')).toBe(
    '42["said",{"from":{"id":"u2","name":"bob"},"text":"good morning"}]',
  );
});

test('a socket that is given another token sends what waited as somebody else', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook', { variant: pageVariant([...reused, eager]) });
  const other = await writeAndSwitch(page, example);
  expect(await other.next('42["said"')).toBe(
    '42["said",{"from":{"id":"u2","name":"bob"},"text":"I quit"}]',
  );
});

test('another login is another socket, and the one from before is gone from the server', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: counting });
  await page.goto(example.origin);
  for (const name of ['ann', 'bob', 'ann', 'root']) {
    await signIn(page, name);
    await expect(logOf(page).locator('p').last()).toHaveText('connected');
    await press(page, 'Who am I?');
    await expect(logOf(page).locator('p').last()).toContainText(`"name":"${name}"`);
  }
  expect(socketsOf(example)).toEqual({ now: 1, ever: 4 });
});

test('the token of the React page stands in no URL, no performance entry and no storage, and a sign-out ends it at once', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: counting });
  let token = '';
  page.on('response', async (response) => {
    if (response.url().endsWith('/login')) ({ token } = await response.json());
  });
  const upgraded = page.waitForEvent('websocket');
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  expect((await upgraded).url()).not.toContain('eyJ');
  expect(JSON.stringify(await example.steer({ do: 'urls' }))).not.toContain('eyJ');
  const kept = await page.evaluate(() =>
    JSON.stringify([performance.getEntries(), localStorage, sessionStorage, document.cookie]),
  );
  expect(kept).toContain('/socket.io/');
  expect(kept).not.toContain('eyJ');
  expect((await get(`${example.origin}/me`, token)).status).toBe(200);
  await press(page, 'Sign out');
  await expect(statusOf(page)).toContainText('signed out');
  await expect(logOf(page).locator('p').last()).toHaveText('signed out');
  await expect.poll(() => socketsOf(example).now).toBe(0);
  expect((await get(`${example.origin}/me`, token)).status).toBe(401);
});

test('a sign-out holds on the page when the server does not answer, and says so', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook', { variant: counting });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await page.route('**/logout', (route) => route.abort());
  await press(page, 'Sign out');
  await expect(statusOf(page)).toContainText('signed out');
  await expect(logOf(page)).toContainText('The server does not answer.');
  await expect.poll(() => socketsOf(example).now).toBe(0);
});

test('what Ann has heard is not counted for Bob: a key makes the state anew', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook');
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await say(page, 'hello');
  await expect(statusOf(page)).toContainText('Messages heard: 1.');
  await signIn(page, 'bob');
  await expect(statusOf(page)).toContainText('connected Messages heard: 0.');
});

test('without a key the state of one login is shown to the next', async ({
  page,
  startExample,
}) => {
  const edits: PageEdit[] = [['<Heard key={token} ', '<Heard ', 'Connection.tsx']];
  const example = await startExample('react-hook', { variant: pageVariant(edits) });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await say(page, 'hello');
  await expect(statusOf(page)).toContainText('Messages heard: 1.');
  await signIn(page, 'bob');
  await expect(logOf(page)).toContainText('signed in as bob');
  await expect(statusOf(page)).toContainText('connected Messages heard: 1.');
});
