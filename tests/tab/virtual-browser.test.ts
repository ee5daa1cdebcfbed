import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Header, HttpResponse, Server } from '../../site/tab/wire.ts';
import { told } from './memory.ts';
import { FOREIGN, makeBrowser, OTHER, PAGE, setCookie, setUp } from './persona.ts';

test('a request carries the browser’s own headers, in Chromium’s order', async () => {
  const { get, asked } = setUp();
  const body = new TextEncoder().encode('{}');
  const headers: Header[] = [['Content-Type', 'application/json']];
  await get('/login?x=1', { method: 'post', body, headers });
  assert.equal(asked[0]?.method, 'POST');
  assert.equal(asked[0]?.target, '/login?x=1');
  assert.deepEqual(asked[0]?.headers, [
    ['Host', 'localhost:3001'],
    ['Connection', 'keep-alive'],
    ['Content-Length', '2'],
    ['User-Agent', 'Handshake (virtual browser)'],
    ['Content-Type', 'application/json'],
    ['Accept', '*/*'],
    ['Origin', PAGE],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Sec-Fetch-Dest', 'empty'],
    ['Referer', `${PAGE}/`],
  ]);
});

test('a script cannot set the browser’s own headers, and can set its own', async () => {
  const { get, sent } = setUp();
  const headers: Header[] = [
    ['Cookie', 'sid=stolen'],
    ['Origin', 'https://bank.example'],
    ['Sec-Fetch-Site', 'none'],
    ['X-HTTP-Method-Override', 'TRACE'],
    ['Accept', 'text/plain'],
    ['X-Own', '1'],
  ];
  await get('/', { headers });
  assert.equal(sent('cookie'), undefined);
  assert.equal(sent('origin'), undefined);
  assert.equal(sent('sec-fetch-site'), 'same-origin');
  assert.equal(sent('x-http-method-override'), undefined);
  assert.equal(sent('accept'), 'text/plain');
  assert.equal(sent('x-own'), '1');
});

test('events come in the order of time, with the clock and the browser’s name', async () => {
  const headers = [setCookie('sid=1; HttpOnly'), setCookie('bad=1; SameSite=None')];
  const { get, events, wait } = setUp(() => ({ headers }));
  await get('/a');
  wait(5);
  await get('/b');
  const [first] = events;
  assert.equal(`${first?.browser} ${first?.at} ${events.at(-1)?.at}`, 'Ann 1000 1005');
  assert.deepEqual(told(events).slice(0, 5), [
    `1 GET ${PAGE}/a`,
    '1 200',
    '1 stored sid: for localhost/, HttpOnly, SameSite Lax by default, until the browser closes',
    '1 refused bad: SameSite=None asks for Secure',
    `2 GET ${PAGE}/b`,
  ]);
});

test('a body of over 100 kB is cut in its event, and whole for the script', async () => {
  const body = new Uint8Array(150_000).fill(97);
  const { get, events } = setUp(() => ({ body }));
  assert.equal((await get('/')).body.length, 150_000);
  const response = events.find(({ kind }) => kind === 'response');
  assert.ok(response?.kind === 'response');
  assert.equal(response.body, `${'a'.repeat(100_000)}… (150000 bytes)`);
});

test('a script sees no Set-Cookie of its own origin, and all else', async () => {
  const { get } = setUp(() => ({ headers: [setCookie('a=1'), ['X-Own', '1']] }));
  const { type, status, headers, body, url } = await get('/');
  assert.deepEqual(
    { type, status, headers, url },
    { type: 'basic', status: 200, headers: [['X-Own', '1']], url: `${PAGE}/` },
  );
  assert.equal(new TextDecoder().decode(body), 'hello');
});

test('cookies go back with the next request, and with none whose credentials mode is omit', async () => {
  const { get, sent, events } = setUp(({ target }) => ({ headers: [setCookie(`at=${target}`)] }));
  await get('/in');
  await get('/next');
  assert.equal(sent('cookie'), 'at=/in');
  await get('/out', { credentials: 'omit' });
  assert.equal(sent('cookie'), undefined);
  const why = "the request's credentials mode is omit";
  assert.ok(told(events).includes(`3 withheld at: ${why}`));
  assert.ok(told(events).includes(`3 refused at: ${why}`));
});

test('a link from another site carries Lax cookies and shows that it is one', async () => {
  const { browser, sent, asked } = setUp();
  browser.cookie = 'lax=1; SameSite=Lax';
  browser.cookie = 'strict=1; SameSite=Strict';
  const page = { url: `${PAGE}/`, navigation: true };
  await browser.fetch({ ...page, initiator: FOREIGN });
  assert.equal(sent('cookie'), 'lax=1');
  assert.equal(sent('sec-fetch-site'), 'cross-site');
  assert.equal(sent('sec-fetch-mode'), 'navigate');
  await browser.fetch({ ...page, initiator: FOREIGN, method: 'POST' });
  assert.equal(sent('cookie'), undefined);
  assert.equal(sent('origin'), FOREIGN);
  await browser.fetch(page);
  assert.equal(sent('cookie'), 'lax=1; strict=1');
  assert.equal(sent('sec-fetch-site'), 'none');
  assert.equal(asked.length, 3);
});

test('where nobody listens, and beyond this page, nothing is fetched', async () => {
  const { fails, asked } = setUp();
  assert.match(await fails(`${OTHER}/`), /connection refused: nothing listens on port 3002/);
  assert.match(await fails('https://example.com/'), /no network beyond this page/);
  assert.match(await fails('https://localhost:3001/'), /nothing speaks https: here/);
  assert.match(await fails('/', { method: 'TRACE' }), /no script may use TRACE/);
  assert.equal(asked.length, 0);
});

test('a connection that ends before its response is a failure that says so', async () => {
  const { fails, events } = setUp(() => {
    throw new Error('the worker ended');
  });
  assert.match(await fails('/'), /ended before the response: the worker ended/);
  assert.equal(events[0]?.kind, 'request');
});

test('a request that is aborted ends its connection, and throws the reason', async () => {
  let closed = 0;
  const server: Server = {
    connect: () => {
      const { promise, reject } = Promise.withResolvers<HttpResponse>();
      const close = () => {
        closed++;
        reject(new Error('closed'));
      };
      return { request: () => promise, upgrade() {}, write() {}, close };
    },
  };
  const { get, events } = makeBrowser(server);
  const controller = new AbortController();
  const fetched = get('/', { signal: controller.signal });
  controller.abort();
  await assert.rejects(fetched, { name: 'AbortError' });
  assert.equal(closed, 1);
  assert.deepEqual(told(events), [`1 GET ${PAGE}/`, '1 client closes']);
});

test('document.cookie shows and sets what a script may', async () => {
  const { browser, get, events } = setUp(() => ({ headers: [setCookie('sid=1; HttpOnly')] }));
  await get('/');
  browser.cookie = 'theme=dark';
  browser.cookie = 'sid=planted';
  assert.equal(browser.cookie, 'theme=dark');
  assert.equal(browser.readCookies(`${FOREIGN}/`), '');
  const last = told(events).at(-1);
  assert.equal(last, '0 refused sid: a script cannot overwrite an HttpOnly cookie');
});
