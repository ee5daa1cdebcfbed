// A page on another port of localhost goes for the login of an example. To the browser the two are of
// one site, so that no SameSite keeps the cookie back; of two origins, so that the server can tell.
import type { Page } from '@playwright/test';
import { audit } from '../support/axe.ts';
import type { Variant } from '../support/example.ts';
import { type Foreign, startForeign } from '../support/foreign.ts';
import { goodbye, lab, nobody } from '../support/lab.ts';
import { test as base, expect } from '../support/test.ts';

interface Visit {
  /** Ann, signed in and connected on the example's own page. */
  ann: ReturnType<typeof lab>;
  foreign: ReturnType<typeof lab>;
  foreignPage: Page;
  /** What the foreign page's browser tab sends: URLs, each with the Cookie header that goes along. */
  sent: () => string[];
}

/** The foreign pages, by the origin that they go for. */
const started = new Map<string, Foreign>();
async function foreignTo(target: string): Promise<Foreign> {
  const foreign = started.get(target) ?? (await startForeign(target));
  started.set(target, foreign);
  return foreign;
}

const test = base.extend<{ visit: (name: string, variant?: Variant) => Promise<Visit> }>({
  visit: async ({ page, shareExample, expected }, use) => {
    expected.push(...nobody, ...goodbye);
    await use(async (name, variant = []) => {
      const { origin } = await shareExample(name, { variant });
      await page.goto(origin);
      const ann = lab(page);
      await ann.signIn();
      if (name === 'jwt-cookie') await ann.press('What the browser has');
      await expect(ann.state).toHaveText('Signed in as ann, connected.');

      const foreign = await foreignTo(origin);
      const foreignPage = await page.context().newPage();
      const sent = await recordCookies(foreignPage);
      await foreignPage.goto(foreign.origin);
      return { ann, foreign: lab(foreignPage), foreignPage, sent };
    });
  },
});

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share servers
test.afterAll(() => {
  for (const { child } of started.values()) child.kill();
  started.clear();
});

async function recordCookies(page: Page): Promise<() => string[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const urls = new Map<string, string>();
  const cookies = new Map<string, string>();
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    urls.set(requestId, `${request.method} ${request.url}`);
  });
  devtools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => {
    cookies.set(requestId, headers['Cookie'] ?? '');
  });
  return () => [...urls].map(([id, url]) => `${url} ${cookies.get(id) ?? ''}`);
}

const noOriginCheck: Variant = [
  ['if (fromOwnPage(req)) return', 'if (fromOwnPage(req) || true) return'],
];
const noPostCheck: Variant = [
  ["if (!fromOwnPage(req)) throw new Refusal('FORBIDDEN');", ''],
  ["req.is('json') ? next() : res.sendStatus(415);", 'next();'],
  ["limit: '2kb'", "limit: '2kb', type: () => true", 'attempts.ts'],
];

/** Ann says something; the foreign page's WebSocket prints it. */
async function readsTheFeed({ ann, foreign }: Visit): Promise<void> {
  await foreign.press('A WebSocket');
  await expect(foreign.log).toContainText('received 40{"sid":');
  await ann.say('ann', 'the merger is on Friday');
  await expect(foreign.log).toContainText(
    '42["said",{"from":{"id":"u1","name":"ann"},"text":"the merger is on Friday"}]',
  );
}

test('a page on another port reads nothing, though the browser sends the cookie along, and to its own server too', async ({
  visit,
}) => {
  const { ann, foreign, foreignPage, sent } = await visit('jwt-cookie');
  await expect(foreignPage.getByText('it got these cookies of yours: token')).toBeVisible();
  await foreign.press('Socket.IO, by polling');
  await expect(foreign.log).toContainText('no connection: xhr poll error.');
  await foreign.press('A WebSocket');
  await expect(foreign.log).toContainText('closed, 1006: the server did not open it');
  await foreign.press('GET /me');
  await expect(foreign.log).toContainText('nothing to read: TypeError');
  await ann.say('ann', 'the merger is on Friday');
  await expect(foreign.log).not.toContainText(/received|heard|merger/);
  for (const request of [/transport=polling\S* token=eyJ/, /\/me token=eyJ/]) {
    await expect.poll(() => sent().some((each) => request.test(each)), `${request}`).toBe(true);
  }
  // That the WebSocket's handshake carries it is seen below, where it is let in.
});

test('a page on another port signs nobody out, and nobody in as somebody else', async ({
  visit,
}) => {
  const { ann, foreign, foreignPage } = await visit('jwt-cookie');
  await foreign.press('POST /logout');
  await expect(foreign.log).toContainText('Its answer is opaque, status 0: nothing to read.');
  await foreign.press('Sign you in as bob');
  const answer = foreignPage.frameLocator('iframe[name="answer"]');
  await expect(answer.getByText('"code":"FORBIDDEN"')).toBeVisible();
  await ann.press('What the browser has');
  await expect(ann.log.getByText('connected as socket')).toHaveCount(2);
  await expect(ann.state).toHaveText('Signed in as ann, connected.');
});

test('a cookie planted from another port gets nobody in: of two with one name neither counts', async ({
  visit,
}) => {
  const { ann, foreign } = await visit('jwt-cookie');
  await foreign.press('Plant it');
  await expect(foreign.log).toContainText("document.cookie = 'token=planted; path=/socket.io/'");
  await ann.press('What the browser has');
  await expect(ann.log).toContainText('refused: TOKEN_INVALID');
  await foreign.press('Remove it');
  await ann.press('What the browser has');
  await expect(ann.state).toHaveText('Signed in as ann, connected.');
});

test('without the Origin check a page on another port reads the feed of whoever is signed in', async ({
  visit,
}) => {
  await readsTheFeed(await visit('jwt-cookie', noOriginCheck));
});

test('SameSite=Strict does not keep the cookie from a page on another port', async ({ visit }) => {
  const strict = ["sameSite: 'lax'", "sameSite: 'strict'"] as const;
  await readsTheFeed(await visit('jwt-cookie', [...noOriginCheck, strict]));
});

test('without the Origin check a page on another port reads the feed by a session cookie too', async ({
  visit,
}) => {
  const anyOrigin = ['return origins.includes(headers.origin)', 'return true'] as const;
  await readsTheFeed(await visit('session-passport', [anyOrigin]));
});

test('without the Origin check polling from another port is still unreadable, for CORS keeps it', async ({
  visit,
}) => {
  const { foreign } = await visit('jwt-cookie', noOriginCheck);
  await foreign.press('Socket.IO, by polling');
  await expect(foreign.log).toContainText('no connection: xhr poll error.');
});

test('where any POST is taken, a page on another port signs you out', async ({ visit }) => {
  const { ann, foreign } = await visit('jwt-cookie', noPostCheck);
  await foreign.press('POST /logout');
  await expect(ann.log).toContainText('ended: TOKEN_INVALID');
  await expect(ann.state).toHaveText('Signed out, not connected.');
});

test('where any POST is taken, a form of text/plain on another port signs you in as bob', async ({
  page,
  visit,
}) => {
  const { ann, foreign } = await visit('jwt-cookie', noPostCheck);
  await foreign.press('Sign you in as bob');
  await expect(async () => {
    await page.reload();
    await expect(ann.state).toHaveText('Signed in as bob, not connected.', { timeout: 1_000 });
  }).toPass();
});

test('axe finds nothing on the foreign page, light and dark', async ({ visit }) => {
  const { foreign, foreignPage } = await visit('jwt-cookie');
  await foreignPage.emulateMedia({ colorScheme: 'light' });
  await foreignPage.setViewportSize({ width: 360, height: 740 });
  await foreign.press('GET /me');
  await expect(foreign.log).toContainText('nothing to read');
  expect(await audit(foreignPage), 'light').toEqual([]);
  expect(await foreignPage.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await foreignPage.emulateMedia({ colorScheme: 'dark' }); // in the dark only colors differ
  expect(await audit(foreignPage, { only: ['color-contrast'] }), 'dark').toEqual([]);
  expect(await foreignPage.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
