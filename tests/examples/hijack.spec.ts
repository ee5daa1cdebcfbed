// Cross-site hijacking: a page of another origin opens a connection to jwt-cookie with the victim's
// cookie. What lets its own page in, and what keeps the other out.
import type { Page } from '@playwright/test';
import type { Example, Variant } from '../support/example.ts';
import { listen, listenByScript, meet, type Site, withPage } from '../support/pages.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, to share servers

const body = 'if (headers.origin !== undefined) return origins.includes(headers.origin);';
const fetchSite =
  "return ['undefined', 'same-origin', 'none'].includes(String(headers['sec-fetch-site']));";
/** No Origin check at all, and one that looks at Origin and lets an absent one in. */
const unchecked: Variant = [
  [body, ''],
  [fetchSite, 'return headers !== undefined;'],
];
const onlyOrigin: Variant = [
  [fetchSite, 'return true;'],
  ['(fromOwnPage(req) && sid.endsWith', '(sid.endsWith'], // asked at the handshake alone
];

/** Puts Ann's cookie into the browser as a login would, and opens a page of another port. */
async function lure(
  page: Page,
  example: Example,
  site: Site,
  sameSite: 'Lax' | 'Strict' = 'Lax',
): Promise<void> {
  const token = { name: 'token', value: example.sign(), url: example.origin, httpOnly: true };
  await page.context().addCookies([{ ...token, sameSite }]);
  await page.goto(site.origin);
}

/** Lets a user of the example say something, from outside. */
async function say(example: Example, text: string): Promise<void> {
  const raw = await openWebSocket(example.origin, { Cookie: `token=${example.sign()}` });
  await raw.connect();
  await raw.send(`42["say",${JSON.stringify({ text })}]`);
  await raw.next('42["said"');
  raw.close();
}

test('the page of jwt-cookie connects by polling, and by WebSocket alone, past the Origin check', async ({
  page,
  shareExample,
  expected,
}) => {
  expected.push(/401/, /400/); // GET /me before the login; the goodbye to a closed connection
  const example = await shareExample('jwt-cookie');
  const token = { name: 'token', value: example.sign(), url: example.origin, httpOnly: true };
  await page.context().addCookies([token]);
  await page.goto(example.origin);
  for (const transport of ['polling', 'websocket']) {
    expect(await meet(page, example.origin, { transports: [transport] })).toBe('connected');
  }
});

test('where an absent Origin is enough, a script element of another port reads the feed', async ({
  page,
  plainServer,
  startExample,
}) => {
  const example = await startExample('jwt-cookie', { variant: onlyOrigin });
  const site = withPage(await plainServer());
  await lure(page, example, site, 'Strict');
  const before = Number(await example.steer({ do: 'count' }));
  const feed = listenByScript(page, example.origin, 'said');
  await expect.poll(() => example.steer({ do: 'count' })).toBe(before + 1);
  await say(example, 'for members only');
  expect((await feed).at(-1)).toContain('"text":"for members only"');
});

test('a script element of another port is refused by its Sec-Fetch-Site', async ({
  page,
  plainServer,
  startExample,
  expected,
}) => {
  expected.push(/403/);
  const example = await startExample('jwt-cookie');
  await lure(page, example, withPage(await plainServer()), 'Strict');
  expect(await listenByScript(page, example.origin, 'said')).toEqual([]);
  expect(example.log.map(({ code }) => code)).toEqual(['FORBIDDEN']);
});

test('SameSite=Lax keeps the cookie from a cross-site page, with no Origin check at all', async ({
  page,
  plainServer,
  startExample,
  expected,
}) => {
  expected.push(/^foreign request: http:\/\/127\.0\.0\.1/);
  const example = await startExample('jwt-cookie', { variant: unchecked });
  const site = withPage(await plainServer());
  await lure(page, example, site);
  await page.goto(site.as('127.0.0.1'));
  expect((await listen(page, example.origin, '44'))[1]).toContain('TOKEN_MISSING');
});

test('a program writes any Origin it likes, and is let in up to the check of the user', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('jwt-cookie');
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(origin, { Origin: origin });
    expect(await raw.connect()).toMatchObject({ kind: 'refused', code: 'TOKEN_MISSING' });
    raw.close();
  }
});
