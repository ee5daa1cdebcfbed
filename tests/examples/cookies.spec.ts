// Which cookies a real browser sends with a handshake: by site, host, path and scheme.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parseCookie } from 'cookie';
import { listen, meet, names, type Site, withPage } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const kinds = [
  'strict=1; SameSite=Strict; HttpOnly',
  'lax=1; SameSite=Lax; HttpOnly',
  'unsaid=1',
  'none=1; SameSite=None; Secure',
  'bare=1; SameSite=None',
];

/** Knocks on both transports from the page, and gives the names of the cookies that came along. */
async function knock(page: Page, site: Site, host = 'localhost'): Promise<string[][]> {
  site.asked.length = 0;
  const origin = site.as(host);
  await listen(page, origin, '40');
  await page.evaluate(
    (url) => fetch(url, { mode: 'no-cors', credentials: 'include' }),
    `${origin}/socket.io/?EIO=4&transport=polling`,
  );
  expect(site.asked.map(({ transport }) => transport)).toEqual(['websocket', 'polling']);
  return site.asked.map(names);
}

test('from another port of localhost, Strict and Lax cookies travel, on both transports', async ({
  page,
  plainServer,
}) => {
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = kinds;
  await page.goto(mine.origin);
  await page.goto(other.origin);
  const sent = ['strict', 'lax', 'unsaid', 'none'];
  expect(await knock(page, mine)).toEqual([sent, sent]);
});

test('from a sibling subdomain, Strict and Lax cookies travel, on both transports', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/^foreign request: http:\/\/\w+\.app\.localhost/);
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = kinds;
  await page.goto(mine.as('chat.app.localhost'));
  await page.goto(other.as('blog.app.localhost'));
  const sent = ['strict', 'lax', 'unsaid', 'none'];
  expect(await knock(page, mine, 'chat.app.localhost')).toEqual([sent, sent]);
});

test('from 127.0.0.1 to localhost, no Strict and no Lax cookie travels, nor one without SameSite', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/^foreign request: http:\/\/127\.0\.0\.1/);
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = kinds;
  await page.goto(mine.origin);
  await page.goto(other.as('127.0.0.1'));
  for (const sent of await knock(page, mine)) {
    expect(sent.filter((name) => name !== 'none')).toEqual([]); // `none`: the browser's settings
  }
});

test('a SameSite=None cookie travels from any site, if the browser lets third parties have cookies', async ({
  plainServer,
  playwright,
  launchOptions,
}) => {
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = kinds;
  const profile = await mkdtemp(join(tmpdir(), 'handshake-'));
  await mkdir(join(profile, 'Default'));
  const allowed = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(allowed));
  const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
  try {
    const page = await context.newPage();
    await page.goto(mine.origin);
    await page.goto(other.as('127.0.0.1'));
    expect(await knock(page, mine)).toEqual([['none'], ['none']]);
    expect((await listen(page, mine.origin, '40'))[1]).toMatch(/^40\{"sid"/);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});

test('a link from another site brings the Lax cookie along, and not the Strict one', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/^foreign request: http:\/\/127\.0\.0\.1/);
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = kinds;
  await page.goto(mine.origin);
  await page.goto(other.as('127.0.0.1'));
  const arrived: unknown[] = [];
  mine.io.httpServer.on('request', ({ url, headers }) => arrived.push([url, headers.cookie]));
  await page.evaluate((href) => {
    location.href = href;
  }, `${mine.origin}/room`);
  await page.waitForURL(`${mine.origin}/room`);
  expect(arrived[0]).toEqual(['/room', expect.stringContaining('lax=1')]);
  expect(arrived[0]).toEqual(['/room', expect.not.stringContaining('strict=1')]);
});

test('a cookie that one port set goes to every port of the host', async ({ page, plainServer }) => {
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = ['token=secret; HttpOnly; SameSite=Strict'];
  await page.goto(mine.origin);
  await page.goto(other.origin);
  expect(await meet(page, other.origin)).toBe('connected');
  expect(other.asked[0]?.headers.cookie).toBe('token=secret');
});

test('a cookie without Domain goes to its own host, one with Domain to the subdomains too', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/^foreign request: http:\/\/(\w+\.)*app\.localhost/);
  const site = withPage(await plainServer());
  site.cookies = ['alone=1', 'shared=1; Domain=app.localhost'];
  await page.goto(site.as('app.localhost'));
  expect((await knock(page, site, 'app.localhost'))[0]).toEqual(['alone', 'shared']);
  expect((await knock(page, site, 'chat.app.localhost'))[0]).toEqual(['shared']);
});

test('a cookie for /api does not go with a handshake', async ({ page, plainServer }) => {
  const site = withPage(await plainServer());
  site.cookies = ['api=1; Path=/api', 'root=1; Path=/'];
  await page.goto(`${site.origin}/api`);
  expect(await knock(page, site)).toEqual([['root'], ['root']]);
});

test('a Secure cookie goes over plain HTTP to localhost, and to no other name', async ({
  plainServer,
  playwright,
  launchOptions,
}) => {
  const site = withPage(await plainServer());
  site.cookies = ['plain=1', 'secure=1; Secure', '__Host-token=1; Secure; Path=/'];
  const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP chat.test 127.0.0.1'];
  const browser = await playwright.chromium.launch({ ...launchOptions, args });
  try {
    const page = await browser.newPage();
    await page.goto(site.as('chat.test'));
    expect((await knock(page, site, 'chat.test'))[0]).toEqual(['plain']);
    await page.goto(site.origin);
    expect((await knock(page, site))[0]).toEqual(['plain', 'secure', '__Host-token']);
  } finally {
    await browser.close();
  }
});

test('of two cookies of one name, the one with the longer path comes first, and parseCookie takes it', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  site.cookies = ['token=ann; Path=/', 'token=planted; Path=/socket.io/'];
  await page.goto(site.origin);
  await knock(page, site);
  const cookie = site.asked[0]?.headers.cookie ?? '';
  expect(cookie).toBe('token=planted; token=ann');
  expect(parseCookie(cookie).token).toBe('planted');
});

test('a subdomain plants a cookie for its siblings, and none whose name begins with __Host-', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/^foreign request: http:\/\/\w+\.app\.localhost/);
  const site = withPage(await plainServer());
  site.cookies = [
    'token=planted; Domain=app.localhost; Path=/socket.io/',
    '__Host-token=planted; Secure; Domain=app.localhost; Path=/',
    '__Host-token=planted; Secure; Path=/socket.io/',
    '__Host-own=1; Secure; Path=/',
  ];
  await page.goto(site.as('blog.app.localhost'));
  expect((await knock(page, site, 'chat.app.localhost'))[0]).toEqual(['token']);
  expect((await knock(page, site, 'blog.app.localhost'))[0]).toEqual(['token', '__Host-own']);
});

test('another port of the same host replaces a __Host- cookie', async ({ page, plainServer }) => {
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = ['__Host-token=ann; Secure; HttpOnly; Path=/'];
  other.cookies = ['__Host-token=planted; Secure; HttpOnly; Path=/'];
  await page.goto(mine.origin);
  await page.goto(other.origin);
  await knock(page, mine);
  expect(mine.asked[0]?.headers.cookie).toBe('__Host-token=planted');
});

test('a page of another port plants a cookie for /socket.io/: /me knows Ann, a careless socket the planter', async ({
  page,
  plainServer,
  startExample,
}) => {
  const careful = "return found.length > 1 ? 'ambiguous' : parseCookie(found[0] ?? '')[NAME];";
  const example = await startExample('jwt-cookie', {
    variant: [[careful, 'return parseCookie(cookies)[NAME];']],
  });
  const other = withPage(await plainServer());
  const token = { name: 'token', value: example.sign(), url: example.origin, httpOnly: true };
  await page.context().addCookies([token]);
  await page.goto(other.origin);
  await page.evaluate(
    (value) => {
      // biome-ignore lint/suspicious/noDocumentCookie: the attacker's script takes the oldest way in
      document.cookie = `token=${value}; path=/socket.io/`;
    },
    example.sign({ sub: 'u2' }),
  );
  await page.goto(example.origin);
  const [me, socket] = await page.evaluate(async () => {
    const path = '/socket.io/socket.io.esm.min.js';
    const { io } = await import(path);
    const user = await (await fetch('/me')).json();
    return [user.name, (await io().emitWithAck('whoami')).name];
  });
  expect([me, socket]).toEqual(['ann', 'bob']);
});
