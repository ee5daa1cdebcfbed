// A token in an HttpOnly cookie: what a script can do with it, who a socket is, and when it ends.
import type { Page } from '@playwright/test';
import { PASSWORD } from '../support/http.ts';
import { openPolling } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

test.beforeEach(({ expected }) => void expected.push(/401/)); // the page asks GET /me as it opens

/** Signs in from a script of the page, as any script there could; gives the status. */
function signIn(page: Page, username: string): Promise<number> {
  return page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch('/login', { method: 'POST', headers, body })).status;
    },
    JSON.stringify({ username, password: PASSWORD }),
  );
}

/** Opens a socket of the page and keeps it as `window.socket`; gives the user's name or a code. */
function open(page: Page, transports: string[]): Promise<string> {
  return page.evaluate(async (transports) => {
    const path = '/socket.io/socket.io.esm.min.js';
    const { io } = await import(path);
    const socket = io({ transports, forceNew: true, reconnectionDelay: 10 });
    Object.assign(window, { socket });
    return new Promise<string>((resolve) => {
      socket.on('connect', async () => resolve((await socket.emitWithAck('whoami')).name));
      socket.on('connect_error', ({ data, message }: Error & { data?: { code: string } }) =>
        resolve(data?.code ?? message),
      );
    });
  }, transports);
}

/** Asks the open socket who it is; `lost` when the connection ended meanwhile. */
function whoami(page: Page): Promise<string> {
  return page.evaluate(() =>
    Reflect.get(window, 'socket')
      .timeout(2_000)
      .emitWithAck('whoami')
      .then(
        (user: { name: string }) => user.name,
        () => 'lost',
      ),
  );
}

test('CONNECT holds no credential: the cookie came with the request', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  expect(await signIn(page, 'ann')).toBe(204);
  const connect = page.waitForRequest((request) => request.method() === 'POST');
  expect(await open(page, ['polling'])).toBe('ann');
  const posted = await connect;
  expect(posted.postData()).toBe('40');
  expect((await posted.allHeaders()).cookie).toMatch(/^token=eyJ/);
  const sent: unknown[] = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(payload)));
  expect(await open(page, ['websocket'])).toBe('ann');
  expect(sent[0]).toBe('40');
});

test('a script on the page cannot read the token, and speaks as its user all the same', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  await signIn(page, 'ann');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await open(page, ['polling', 'websocket'])).toBe('ann');
  const said = await page.evaluate(() => {
    const socket = Reflect.get(window, 'socket');
    const heard = new Promise((resolve) => socket.once('said', resolve));
    socket.emit('say', { text: 'not Ann' });
    return heard;
  });
  expect(said).toEqual({ from: { id: 'u1', name: 'ann' }, text: 'not Ann' });
});

test('a message that is HTML stays text on the page, and runs nothing', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Signed in as ann');
  await page.getByRole('button', { name: 'What the browser has' }).click();
  await expect(page.getByRole('status')).toHaveText('Signed in as ann, connected.');
  const html = '<img src="x" onerror="document.title = \'mine\'">';
  await page.getByLabel('Message').fill(html);
  await page.getByRole('button', { name: 'Say it' }).click();
  await expect(page.getByRole('log')).toContainText(`ann: ${html}`);
  await expect(page.getByRole('log').locator('img')).toHaveCount(0);
  expect(await page.title()).not.toBe('mine');
});

test('a script cannot change or remove an HttpOnly cookie, and can plant a second one of its name', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(/400/); // the goodbye of a refused client
  const { origin } = await shareExample('jwt-cookie');
  await page.goto(origin);
  await signIn(page, 'ann');
  await page.evaluate(() => {
    for (const rest of ['', '; path=/', '; path=/; max-age=0']) {
      // biome-ignore lint/suspicious/noDocumentCookie: what an attacker's script tries
      document.cookie = `token=garbage${rest}`;
    }
  });
  expect(await open(page, ['polling'])).toBe('ann');
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = 'token=garbage; path=/socket.io/';
  });
  expect(await open(page, ['polling'])).toBe('TOKEN_INVALID');
  expect(await page.evaluate(async () => (await fetch('/me')).status)).toBe(200);
});

test('a login in another tab ends a connection on polling, and the client comes back as the new user', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(/400/); // the old sid with the new cookie
  const { origin } = await startExample('jwt-cookie');
  await page.goto(origin);
  await signIn(page, 'ann');
  expect(await open(page, ['polling'])).toBe('ann');
  const tab = await page.context().newPage();
  await tab.goto(origin);
  await signIn(tab, 'bob');
  await expect.poll(() => whoami(page)).toBe('bob');
});

test('the headers of a socket are those of the first request, in a namespace joined later too', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const seen: unknown[] = [];
  for (const name of ['/', '/later']) {
    io.of(name).on('connection', ({ handshake }) => seen.push(handshake.headers.cookie));
  }
  const raw = await openPolling(origin, { Cookie: 'token=first' });
  await raw.connect();
  const url = `${origin}/socket.io/?EIO=4&transport=polling&sid=${raw.sid}`;
  await fetch(url, { method: 'POST', headers: { Cookie: 'token=second' }, body: '40/later,' });
  await raw.answer('/later');
  expect(seen).toEqual(['token=first', 'token=first']);
  raw.close();
});
