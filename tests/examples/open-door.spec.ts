// The door that stands open: what a stranger gets from a server whose API is secured.

import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { get, logIn, post } from '../support/http.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

test('the API answers a stranger 401, and the socket lets the stranger in', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('open-door');
  expect((await get(`${origin}/messages`)).status).toBe(401);
  const stranger = await openWebSocket(origin);
  expect((await stranger.connect()).kind).toBe('connected');
});

test('anyone reads the feed: a message posted with a token is heard without one', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('open-door');
  const stranger = await openWebSocket(origin);
  await stranger.connect();
  const headers = { Authorization: `Bearer ${await logIn(origin)}` };
  const posted = await post(`${origin}/messages`, { text: 'for members only' }, headers);
  expect(posted.status).toBe(201);
  expect(await stranger.next('42["said"')).toBe(
    '42["said",{"from":{"id":"u1","name":"ann"},"text":"for members only"}]',
  );
});

test('anyone writes into the feed, and whoami knows nobody', async ({ shareExample }) => {
  const { origin } = await shareExample('open-door');
  const stranger = await openWebSocket(origin);
  await stranger.connect();
  await stranger.send('421["whoami"]', '42["say",{"text":"boo"}]');
  expect(await stranger.next('431')).toBe('431[null]');
  expect(await stranger.next('42["said"')).toContain('"name":"somebody"');
});

test('one line of Node reads the feed', async ({ shareExample }) => {
  const { origin } = await shareExample('open-door');
  const heard: string[] = [];
  const program = fileURLToPath(new URL('../../examples/open-door/stranger.ts', import.meta.url));
  const stranger = spawn(process.execPath, [program, origin]);
  stranger.stdout.on('data', (text) => heard.push(String(text)));
  const headers = { Authorization: `Bearer ${await logIn(origin)}` };
  await expect(async () => {
    await post(`${origin}/messages`, { text: 'for members only' }, headers);
    expect(heard.join('')).toContain('ann: for members only');
  }).toPass();
  stranger.kill();
});

test('no Express middleware runs for a request to /socket.io/', async ({ startExample }) => {
  const variant = [
    ['app.use(page);', 'app.use((_req, res) => void res.sendStatus(418)); app.use(page);'],
  ] as const;
  const { origin } = await startExample('open-door', { variant });
  expect((await get(`${origin}/messages`)).status).toBe(418);
  for (const open of [openPolling, openWebSocket]) {
    const stranger = await open(origin);
    expect((await stranger.connect()).kind).toBe('connected');
    stranger.close();
  }
});

test('a deleted user fails at the next request, and an open socket goes on', async ({
  startExample,
}) => {
  const example = await startExample('open-door');
  const token = await logIn(example.origin);
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token });
  await example.steer({ do: 'remove', id: 'u1' });
  expect((await get(`${example.origin}/messages`, token)).status).toBe(401);
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toBeDefined();
});

test('the page shows both doors', async ({ page, shareExample, expected }) => {
  expected.push(/401/);
  const { origin } = await shareExample('open-door');
  await page.goto(origin);
  const log = page.getByRole('log', { name: 'What happened' });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await press('GET /messages');
  await expect(log).toContainText('GET /messages: 401 TOKEN_MISSING');
  await press('Open a socket');
  await expect(log).toContainText('without a token');
  await press('Who am I?');
  await expect(log).toContainText('whoami answers null');
  await press('Sign in as ann and POST it');
  await expect(log).toContainText('the socket hears ann: The merger is on Friday.');
  await page.getByLabel('Message').first().fill('boo');
  await press('Say it over the socket');
  await expect(log).toContainText('the socket hears somebody: boo');
  await press('Close it');
  await expect(page.getByRole('status')).toHaveText('Not connected.');
});
