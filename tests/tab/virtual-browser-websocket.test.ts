import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeServer, headerOf, told, wsConnection } from './memory.ts';
import { FOREIGN, makeBrowser, OTHER, PAGE } from './persona.ts';

function setUpSocket(options: Parameters<typeof wsConnection>[1] = {}) {
  const { server } = fakeServer(
    3001,
    () => ({}),
    () =>
      wsConnection((socket) => socket.on('message', (data) => socket.send(`re: ${data}`)), options),
  );
  const made = makeBrowser(server);
  const open = (url: string, initiator = PAGE) =>
    new Promise<string[]>((resolve) => {
      const log: string[] = [];
      const socket = made.browser.openWebSocket(url, [], initiator, {
        open: () => socket.send('hi'),
        message(data) {
          log.push(String(data));
          socket.close(1000);
        },
        error: () => log.push('error'),
        close: (code) => resolve([...log, String(code)]),
      });
    });
  const request = () => made.events.find((event) => event.kind === 'request');
  return { ...made, open, request };
}

test('a WebSocket shows its handshake, its messages and its end on the wire', async () => {
  const { open, browser, events, request } = setUpSocket({ headers: ['Set-Cookie: ws=1'] });
  browser.cookie = 'sid=1';
  events.length = 0;
  assert.deepEqual(await open('ws://localhost:3001/chat'), ['re: hi', '1000']);
  assert.deepEqual(told(events), [
    '1 GET ws://localhost:3001/chat',
    '1 101',
    '1 stored ws: for localhost/, SameSite Lax by default, until the browser closes',
    '1 client: hi',
    '1 server: re: hi',
    '1 client closes 1000',
    '1 server closes 1000',
  ]);
  const sent = request();
  assert.ok(sent?.kind === 'request');
  const names = sent.headers.map(([name]) => name).join(' ');
  const own = 'Host Connection Pragma Cache-Control User-Agent Upgrade Origin Cookie';
  assert.equal(names, `${own} Sec-WebSocket-Version Sec-WebSocket-Key`);
});

test('a WebSocket from another origin is open to it, with the cookies of the same site', async () => {
  const { open, browser, request } = setUpSocket();
  browser.cookie = 'sid=1; SameSite=Strict';
  assert.deepEqual(await open('ws://localhost:3001/', OTHER), ['re: hi', '1000']);
  const sent = request();
  assert.ok(sent?.kind === 'request');
  assert.equal(headerOf(sent.headers, 'origin'), OTHER);
  assert.equal(headerOf(sent.headers, 'cookie'), 'sid=1');
});

test('a WebSocket from another site goes without its Lax cookies', async () => {
  const { open, browser, events } = setUpSocket();
  browser.cookie = 'sid=1';
  await open('ws://localhost:3001/', FOREIGN);
  assert.match(told(events)[1] ?? '', /^1 withheld sid: SameSite is Lax by default/);
});

test('a WebSocket to nowhere fails with 1006, and the event says why', async () => {
  const { open, events } = setUpSocket();
  assert.deepEqual(await open('ws://localhost:9/'), ['error', '1006']);
  assert.deepEqual(await open('wss://example.com/'), ['error', '1006']);
  assert.match(told(events)[0] ?? '', /nothing listens on port 9/);
  assert.match(told(events)[1] ?? '', /no network beyond this page/);
});
