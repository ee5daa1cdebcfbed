// Rules for an Origin check, each on a bare server: whom it lets in, by which transport, and what
// goes past it.
import type { IncomingMessage } from 'node:http';
import type { Page } from '@playwright/test';
import { post } from '../support/http.ts';
import { listen, listenByScript, meet, type Site, withPage } from '../support/pages.ts';
import type { Plain } from '../support/plain.ts';
import { openPolling } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

type Rule = (req: IncomingMessage, own: string) => boolean;
type Answer = (error: string | null, success: boolean) => void;

/** A bare server whose allowRequest is this rule; it knows its own origin. */
async function guarded(
  plainServer: (options: object) => Promise<Plain>,
  rule: Rule,
): Promise<Site> {
  const site: Site = withPage(
    await plainServer({
      allowRequest: (req: IncomingMessage, answer: Answer) => answer(null, rule(req, site.origin)),
    }),
  );
  return site;
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
