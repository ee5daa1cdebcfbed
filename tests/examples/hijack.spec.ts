// Cross-site hijacking: a page of another origin opens a connection with the victim's cookies. What
// an Origin check must let in, what it must keep out, and what goes past it.
import type { IncomingMessage } from 'node:http';
import type { Page } from '@playwright/test';
import type { Example, Variant } from '../support/example.ts';
import { post } from '../support/http.ts';
import { listen, meet, type Site, withPage } from '../support/pages.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

type Rule = (req: IncomingMessage, own: string) => boolean;
type Answer = (error: string | null, success: boolean) => void;
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

/** A bare server whose allowRequest is this rule; it knows its own origin. */
async function guarded(
  plainServer: (options: object) => Promise<Parameters<typeof withPage>[0]>,
  rule: Rule,
): Promise<Site> {
  const site: Site = withPage(
    await plainServer({
      allowRequest: (req: IncomingMessage, answer: Answer) => answer(null, rule(req, site.origin)),
    }),
  );
  return site;
}

/** Reads the feed by script elements: the engine still answers the JSONP of older clients. */
function listenByScript(page: Page, origin: string, last: string): Promise<string[]> {
  return page.evaluate(
    async ({ url, last }) => {
      const heard: string[] = [];
      Object.assign(window, { ___eio: [(text: string) => heard.push(text)] });
      const load = (query: string) =>
        new Promise<boolean>((resolve) => {
          const script = document.createElement('script');
          script.src = `${url}${query}&n=${heard.length}`;
          script.onload = () => resolve(true);
          script.onerror = () => resolve(false);
          document.head.append(script);
        });
      if (!(await load(''))) return heard;
      const sid = `&sid=${JSON.parse(heard[0]?.slice(1) ?? '').sid}`;
      const connect = new URLSearchParams({ d: '40' });
      const options = { method: 'POST', mode: 'no-cors', credentials: 'include' } as const;
      await fetch(`${url}${sid}`, { ...options, body: connect });
      while (!heard.slice(1).join().includes(last)) if (!(await load(sid))) break;
      return heard;
    },
    { url: `${origin}/socket.io/?EIO=4&transport=polling&j=0`, last },
  );
}

/** Who gets in: the own page on each transport, and a page of another port by WebSocket and by script. */
async function whoGetsIn(page: Page, own: Site, other: Site): Promise<Record<string, boolean>> {
  await page.goto(own.origin);
  const [polling, websocket] = await Promise.all(
    ['polling', 'websocket'].map((transport) =>
      meet(page, own.origin, { transports: [transport] }),
    ),
  );
  await page.goto(other.origin);
  const foreign = await listen(page, own.origin, '40');
  const script = await listenByScript(page, own.origin, '40');
  return {
    polling: polling === 'connected',
    websocket: websocket === 'connected',
    foreignWebSocket: foreign.length > 1,
    foreignScript: script.length > 1,
  };
}

test('the page of jwt-cookie connects by polling, and by WebSocket alone, past the Origin check', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(/401/, /400/); // GET /me before the login; the goodbye to a closed connection
  const example = await startExample('jwt-cookie');
  const token = { name: 'token', value: example.sign(), url: example.origin, httpOnly: true };
  await page.context().addCookies([token]);
  await page.goto(example.origin);
  for (const transport of ['polling', 'websocket']) {
    expect(await meet(page, example.origin, { transports: [transport] })).toBe('connected');
  }
});

test('a polling GET of the own page carries no Origin, a POST and a WebSocket handshake do', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  await page.goto(site.origin);
  for (const transport of ['polling', 'websocket']) {
    await meet(page, site.origin, { transports: [transport] });
  }
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

const both = { polling: true, websocket: true };

test('no Origin check: a page of another port gets in by WebSocket, and by script element', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  const other = withPage(await plainServer());
  const everything = { ...both, foreignWebSocket: true, foreignScript: true };
  expect(await whoGetsIn(page, site, other)).toEqual(everything);
});

test('Origin must be mine: the own page is refused on polling', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/40[03]/);
  const site = await guarded(plainServer, ({ headers }, own) => headers.origin === own);
  const other = withPage(await plainServer());
  expect(await whoGetsIn(page, site, other)).toEqual({
    ...{ polling: false, websocket: true },
    ...{ foreignWebSocket: false, foreignScript: false },
  });
});

test('no Origin may be there: the own page is refused on WebSocket, a script element of another port is not', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/400/);
  const site = await guarded(plainServer, ({ headers }) => headers.origin === undefined);
  const other = withPage(await plainServer());
  expect(await whoGetsIn(page, site, other)).toEqual({
    ...{ polling: true, websocket: false },
    ...{ foreignWebSocket: false, foreignScript: true },
  });
});

test('no Origin may be there: a default client gets in by polling, and its upgrade is not asked', async ({
  page,
  plainServer,
}) => {
  const site = await guarded(plainServer, ({ headers }) => headers.origin === undefined);
  await page.goto(site.origin);
  const upgraded = page.waitForEvent('websocket');
  const transport = await page.evaluate(async () => {
    const path = '/socket.io/socket.io.esm.min.js';
    const { io } = await import(path);
    const { engine } = io().io;
    await new Promise((resolve) => engine.on('upgrade', resolve));
    return engine.transport.name;
  });
  expect(transport).toBe('websocket');
  expect((await upgraded).url()).toContain('sid=');
  const asked = site.asked.find((each) => each.transport === 'websocket');
  expect(asked?.headers.origin).toBe(site.origin);
});

test('Origin mine or absent: a script element of another port gets in', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/400/);
  const rule: Rule = ({ headers }, own) => [undefined, own].includes(headers.origin);
  const site = await guarded(plainServer, rule);
  const other = withPage(await plainServer());
  const result = { ...both, foreignWebSocket: false, foreignScript: true };
  expect(await whoGetsIn(page, site, other)).toEqual(result);
});

test('Origin mine, or absent and not asked from elsewhere: the own page alone gets in, on both transports', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/40[03]/);
  const rule: Rule = ({ headers }, own) =>
    headers.origin === own ||
    (headers.origin === undefined && headers['sec-fetch-site'] === 'same-origin');
  const site = await guarded(plainServer, rule);
  const other = withPage(await plainServer());
  const result = { ...both, foreignWebSocket: false, foreignScript: false };
  expect(await whoGetsIn(page, site, other)).toEqual(result);
});

test('startsWith, endsWith and a RegExp without ends let the origins of strangers in', () => {
  const own = 'https://chat.example';
  expect('https://chat.example.attacker.example'.startsWith(own)).toBe(true);
  expect('https://notchat.example'.endsWith('chat.example')).toBe(true);
  expect(/https:\/\/chat\.example/.test('https://chat.example.attacker.example')).toBe(true);
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
  const site = withPage(await plainServer());
  await page.goto(site.origin);
  for (const transport of ['polling', 'websocket']) {
    await meet(page, site.origin, { transports: [transport] });
  }
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
  startExample,
}) => {
  const { origin } = await startExample('jwt-cookie');
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(origin, { Origin: origin });
    expect(await raw.connect()).toMatchObject({ kind: 'refused', code: 'TOKEN_MISSING' });
    raw.close();
  }
});

test('allowRequest is asked once for each connection, and not for the requests that follow', async ({
  plainServer,
}) => {
  const asked: string[] = [];
  const { origin } = await plainServer({
    allowRequest: (req, answer) => {
      asked.push(req.method ?? '');
      answer(null, req.headers.origin === undefined);
    },
  });
  const raw = await openPolling(origin);
  const url = `${origin}/socket.io/?EIO=4&transport=polling&sid=${raw.sid}`;
  const foreign = { Origin: 'https://attacker.example', 'Content-Type': 'text/plain' };
  expect((await post(url, '40', foreign)).status).toBe(200);
  expect((await raw.answer()).kind).toBe('connected');
  expect(asked).toEqual(['GET']);
  raw.close();
});
