// What a page may ask for with a handshake (withCredentials, headers), and what CORS has to do with it.
import { createServer, type ServerOptions } from 'node:http';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { listen, meet, names, withPage } from '../support/pages.ts';
import { once } from '../support/plain.ts';
import { expect, test } from '../support/test.ts';

/** The console's words when a browser keeps an answer from a page. */
const kept = [/has been blocked by CORS policy/, /net::ERR_FAILED/];
const polling = { transports: ['polling'] };
const credentials = { withCredentials: true };

test('on its own origin a page needs no withCredentials', async ({ page, plainServer }) => {
  const site = withPage(await plainServer());
  site.cookies = ['token=1; HttpOnly; SameSite=Lax'];
  await page.goto(site.origin);
  for (const transports of [['polling'], ['websocket']]) {
    site.asked.length = 0;
    expect(await meet(page, site.origin, { transports, withCredentials: false })).toBe('connected');
    expect(names(site.asked[0])).toEqual(['token']);
  }
});

test('from another origin, polling sends no cookie without withCredentials', async ({
  page,
  plainServer,
}) => {
  const mine = withPage(await plainServer({ cors: { origin: '*' } }));
  const other = withPage(await plainServer());
  mine.cookies = ['token=1; HttpOnly; SameSite=Lax'];
  await page.goto(mine.origin);
  await page.goto(other.origin);
  expect(await meet(page, mine.origin, polling)).toBe('connected');
  expect(names(mine.asked[0])).toEqual([]);
});

test('from another origin, polling with withCredentials sends the cookie, and without CORS the page cannot read the answer', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(...kept);
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = ['token=1; HttpOnly; SameSite=Lax'];
  await page.goto(mine.origin);
  await page.goto(other.origin);
  expect(await meet(page, mine.origin, { ...polling, ...credentials })).toBe('xhr poll error');
  expect(names(mine.asked[0])).toEqual(['token']);
  expect(mine.io.engine.clientsCount).toBe(1); // the server opened a connection that nobody can use
});

test('cors with origin * does not go with credentials, a listed origin does', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(...kept);
  const other = withPage(await plainServer());
  other.cookies = ['token=1; HttpOnly; SameSite=Lax'];
  const named = { origin: other.origin };
  const star = withPage(await plainServer({ cors: { origin: '*', credentials: true } }));
  const listed = withPage(await plainServer({ cors: { ...named, credentials: true } }));
  const unsaid = withPage(await plainServer({ cors: named }));
  await page.goto(other.origin);
  for (const [site, answer] of [
    [star, 'xhr poll error'],
    [unsaid, 'xhr poll error'],
    [listed, 'connected'],
  ] as const) {
    expect(await meet(page, site.origin, { ...polling, ...credentials })).toBe(answer);
    expect(names(site.asked[0])).toEqual(['token']);
  }
});

test('a WebSocket of another origin sends the cookie and reads the frames, without withCredentials and without CORS', async ({
  page,
  plainServer,
}) => {
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = ['token=1; HttpOnly; SameSite=Lax'];
  await page.goto(mine.origin);
  await page.goto(other.origin);
  const options = { transports: ['websocket'], withCredentials: false };
  expect(await meet(page, mine.origin, options)).toBe('connected');
  expect(names(mine.asked[0])).toEqual(['token']);
});

test('cors with one listed origin keeps no WebSocket of another origin out', async ({
  page,
  plainServer,
}) => {
  const cors = { origin: 'https://chat.example', credentials: true };
  const mine = withPage(await plainServer({ cors }));
  const other = withPage(await plainServer());
  await page.goto(other.origin);
  expect((await listen(page, mine.origin, '40'))[1]).toMatch(/^40\{"sid"/);
});

test('the cors option belongs to new Server, and http.createServer ignores it', async () => {
  const cors = { origin: 'https://chat.example' };
  const headers = await Promise.all(
    [
      { http: { cors } as ServerOptions, io: {} },
      { http: {}, io: { cors } },
    ].map(async (options) => {
      const http = createServer(options.http);
      const io = new Server(http, options.io);
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      const address = http.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const response = await fetch(`http://localhost:${port}/socket.io/?EIO=4&transport=polling`);
      http.closeAllConnections();
      await io.close();
      return response.headers.get('Access-Control-Allow-Origin');
    }),
  );
  expect(headers).toEqual([null, 'https://chat.example']);
});

test('text goes to another port unasked and with the cookie, JSON only after a question that nobody answers', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(...kept);
  const mine = withPage(await plainServer());
  const other = withPage(await plainServer());
  mine.cookies = ['token=1; HttpOnly; SameSite=Strict'];
  await page.goto(mine.origin);
  await page.goto(other.origin);
  const arrived: unknown[] = [];
  mine.io.httpServer.on('request', ({ method, headers }) => arrived.push([method, headers.cookie]));
  for (const type of ['text/plain', 'application/json']) {
    await page.evaluate(
      async ([url, type]) => {
        const headers = { 'Content-Type': type };
        const options = { method: 'POST', credentials: 'include', headers, body: '{}' } as const;
        await fetch(url, options).catch(() => {});
      },
      [mine.origin, type] as const,
    );
  }
  expect(arrived).toEqual([
    ['POST', 'token=1'],
    ['OPTIONS', undefined],
  ]);
});

test('extraHeaders of a page go with polling, and not with a WebSocket', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  await page.goto(site.origin);
  for (const transports of [['polling'], ['websocket']]) {
    const extraHeaders = { 'X-Room': 'lobby' };
    expect(await meet(page, site.origin, { transports, extraHeaders })).toBe('connected');
  }
  const room = (transport: string) =>
    site.asked.find((each) => each.transport === transport)?.headers['x-room'];
  expect([room('polling'), room('websocket')]).toEqual(['lobby', undefined]);
});

test('a page cannot set the Cookie header: the browser drops it', async ({
  page,
  plainServer,
  expected,
}) => {
  expected.push(/Refused to set unsafe header "Cookie"/);
  const site = withPage(await plainServer());
  await page.goto(site.origin);
  const extraHeaders = { Cookie: 'token=mine' };
  expect(await meet(page, site.origin, { ...polling, extraHeaders })).toBe('connected');
  expect(site.asked[0]?.headers.cookie).toBeUndefined();
});

test('headers is no option of the client: it is ignored', async ({ plainServer }) => {
  const site = withPage(await plainServer());
  const options = { headers: { 'X-Room': 'lobby' }, forceNew: true };
  const client = connect(site.origin, options);
  await once(client, 'connect');
  expect(site.asked[0]?.headers['x-room']).toBeUndefined();
  client.close();
});

test('a client in Node sends a cookie by extraHeaders, on both transports', async ({
  plainServer,
}) => {
  const site = withPage(await plainServer());
  for (const transport of ['polling', 'websocket']) {
    const extraHeaders = { Cookie: 'token=mine' };
    const client = connect(site.origin, { transports: [transport], extraHeaders, forceNew: true });
    await once(client, 'connect');
    client.close();
    const asked = site.asked.find((each) => each.transport === transport);
    expect(asked?.headers.cookie).toBe('token=mine');
  }
});

test('in Node, withCredentials keeps the cookies that the server sets, and sends them back', async ({
  plainServer,
}) => {
  const site = withPage(await plainServer({ cookie: true }));
  for (const withCredentials of [false, true]) {
    site.asked.length = 0;
    const client = connect(site.origin, { ...polling, withCredentials, forceNew: true });
    await once(client, 'connect');
    expect(site.asked.flatMap((each) => names(each)).includes('io')).toBe(withCredentials);
    client.close();
  }
});
