// A credential in the URL: which requests carry it, and who can read it there.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Server, Socket } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { connectPage, engineUrls } from './query-page.ts';

test.describe.configure({ mode: 'default' }); // in one worker, to share servers

/** Every URL that reaches the engine of a bare server. */
function urlsAt(io: Server): string[] {
  const urls: string[] = [];
  io.engine.use((req: { url: string }, _res: unknown, next: () => void) => {
    urls.push(req.url);
    next();
  });
  return urls;
}

test('one connect puts the token into at least four request URLs', async ({
  page,
  startExample,
}) => {
  const example = await startExample('query-token');
  const token = await connectPage(page, example, 'My token');
  const urls = await engineUrls(example);
  expect(urls.length).toBeGreaterThanOrEqual(4);
  expect(urls.filter((url) => !url.includes(`token=${token}`))).toEqual([]);
  expect(urls.some((url) => url.includes('transport=websocket'))).toBe(true);
});

test('the token in a line of the access log opens a connection as its owner', async ({
  page,
  startExample,
}) => {
  const example = await startExample('query-token');
  await connectPage(page, example, 'My token');
  const [line] = await engineUrls(example);
  const token = /token=([^&]+)/.exec(line ?? '')?.[1] ?? '';
  const thief = await openWebSocket(example.origin, {}, { token });
  expect((await thief.connect()).kind).toBe('connected');
  await thief.send('421["whoami"]');
  expect(await thief.next('431')).toBe('431[{"id":"u1","name":"ann","role":"member"}]');
  await expect(page.getByRole('status')).toHaveText('Signed in as ann, connected.');
  expect(example.log).toEqual([]);
  thief.close();
});

test('over WebSocket alone one URL holds the query, and none the sid', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const urls = urlsAt(io);
  const client = connect(origin, { query: { token: 'mine' }, transports: ['websocket'] });
  await once(client, 'connect');
  client.emit('one');
  await wait(100);
  client.close();
  expect(urls).toEqual(['/socket.io/?token=mine&EIO=4&transport=websocket']);
});

test('on polling the query stands in the URL of every request, for as long as the connection lasts', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const urls = urlsAt(io);
  io.on('connection', (socket: Socket) => socket.on('ask', (answer) => answer()));
  const client = connect(origin, { query: { token: 'mine' }, transports: ['polling'] });
  await once(client, 'connect');
  const before = urls.length;
  for (let n = 0; n < 3; n += 1) await client.emitWithAck('ask');
  client.close();
  expect(urls.length).toBeGreaterThanOrEqual(before + 6); // a POST and a GET each
  expect(urls.filter((url) => !url.includes('token=mine&'))).toEqual([]);
});

/** Opens a page, goes on to another, and gives what then tells of the first. */
async function traces(page: Page, open: () => Promise<unknown>) {
  const sent: Promise<string | null>[] = [];
  page.on('request', (request) => sent.push(request.headerValue('referer')));
  await open();
  const address = page.url();
  await page.evaluate(() => location.assign('/?next'));
  await page.waitForURL('**/?next');
  const history: string = await page.evaluate('navigation.entries().map(({ url }) => url).join()');
  const referers = [await page.evaluate(() => document.referrer), ...(await Promise.all(sent))];
  return { address, history, referers: referers.join() };
}

test('the token of a socket stands in no Referer, no history and not in the address of the page', async ({
  page,
  shareExample,
}) => {
  const example = await shareExample('query-token');
  let token = '';
  const open = async () => {
    token = await connectPage(page, example, 'My token');
  };
  const { address, history, referers } = await traces(page, open);
  for (const trace of [address, history, referers]) {
    expect(trace).toContain(`${example.origin}/`);
    expect(trace).not.toContain(token);
  }
});

test('a token in the address of a page stands in its history, and in the Referer of its requests', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('query-token');
  const { history, referers } = await traces(page, () => page.goto(`${origin}/?token=mine`));
  expect(history).toContain('token=mine');
  expect(referers).toContain('token=mine');
});

test('a script that arrives later reads the token off the performance entries, of polling only', async ({
  page,
  shareExample,
}) => {
  const token = await connectPage(page, await shareExample('query-token'), 'My token');
  await page.addScriptTag({
    content: `document.title = performance.getEntriesByType('resource').map(({ name }) => name).join(' ')`,
  });
  const names = (await page.title()).split(' ').filter((name) => name.includes(token));
  expect(names.length).toBeGreaterThanOrEqual(2);
  expect(names.filter((name) => !name.includes('transport=polling'))).toEqual([]);
});
