// What a browser says of the page that opens a connection: Origin and Sec-Fetch-Site, by transport.
import type { Page } from '@playwright/test';
import { meet, type Site, withPage } from '../support/pages.ts';
import type { Plain } from '../support/plain.ts';
import { expect, test } from '../support/test.ts';

/** The page of a server connects to it by polling, and by WebSocket; the server has noted what it was asked. */
async function ownPage(page: Page, plain: Plain): Promise<Site> {
  const site = withPage(plain);
  await page.goto(site.origin);
  for (const transport of ['polling', 'websocket']) {
    await meet(page, site.origin, { transports: [transport] });
  }
  return site;
}

test('a polling GET of the own page carries no Origin, a POST and a WebSocket handshake do', async ({
  page,
  plainServer,
}) => {
  const site = await ownPage(page, await plainServer());
  const origins = (method: string, transport: string) => [
    ...new Set(
      site.asked
        .filter((each) => each.method === method && each.transport === transport)
        .map(({ headers }) => headers.origin),
    ),
  ];
  expect(origins('GET', 'polling')).toEqual([undefined]);
  expect(origins('POST', 'polling')).toEqual([site.origin]);
  expect(origins('GET', 'websocket')).toEqual([site.origin]);
});

test('a sandboxed frame has the Origin null, as a word', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/sandbox/);
  const site = withPage(await plainServer());
  await page.goto(site.origin);
  await page.evaluate(
    (url) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      frame.srcdoc = `<script>new WebSocket('${url}')</script>`;
      document.body.append(frame);
    },
    `${site.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
  );
  await expect.poll(() => site.asked[0]?.headers.origin).toBe('null');
});

test('a page can set neither Origin nor Sec-Fetch-Site', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/Refused to set unsafe header/);
  const site = withPage(await plainServer({ cors: { origin: '*', allowedHeaders: '*' } }));
  const other = withPage(await plainServer());
  await page.goto(other.origin);
  const extraHeaders = { Origin: site.origin, 'Sec-Fetch-Site': 'same-origin' };
  expect(await meet(page, site.origin, { transports: ['polling'], extraHeaders })).toBe(
    'connected',
  );
  expect(site.asked[0]?.headers).toMatchObject({
    origin: other.origin,
    'sec-fetch-site': 'same-site',
  });
});

test('Chromium sends Sec-Fetch-Site with polling, and not with a WebSocket handshake', async ({
  page,
  plainServer,
}) => {
  const site = await ownPage(page, await plainServer());
  const sent = (transport: string) =>
    site.asked.find((each) => each.transport === transport)?.headers['sec-fetch-site'];
  expect([sent('polling'), sent('websocket')]).toEqual(['same-origin', undefined]);
});

test('over plain HTTP, except to localhost, Chromium sends no Sec-Fetch-Site', async ({
  plainServer,
  playwright,
  launchOptions,
}) => {
  const site = withPage(await plainServer());
  const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP chat.test 127.0.0.1'];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  try {
    const page = await browser.newPage();
    await page.goto(site.as('chat.test'));
    await meet(page, site.as('chat.test'), { transports: ['polling'] });
    expect(site.asked[0]?.headers['sec-fetch-site']).toBeUndefined();
  } finally {
    await browser.close();
  }
});
