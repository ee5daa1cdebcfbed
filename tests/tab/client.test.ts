// The client's frame and the page's end of it: fetch, document.cookie, and what the page refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyCookies } from '../../site/tab/browser/host.ts';
import { MOST } from '../../site/tab/browser/protocol.ts';
import type { Header } from '../../site/tab/wire.ts';
import { bytes, PAGE, setUp } from './frame.ts';
import { headerOf } from './memory.ts';

const json: Header = ['Content-Type', 'application/json'];

test('fetch resolves relative addresses against the pretended page, and reads JSON', async (context) => {
  const { frame, asked } = setUp(context, () => ({
    status: 201,
    headers: [json],
    body: bytes('{"a":1}'),
  }));
  const body = JSON.stringify({ name: 'ann' });
  const response = await frame.fetch('login', { method: 'POST', body, headers: { 'X-Own': '1' } });
  assert.deepEqual([response.status, response.ok, response.url], [201, true, `${PAGE}/chat/login`]);
  assert.deepEqual(await response.json(), { a: 1 });
  const [sent] = asked;
  assert.equal(new TextDecoder().decode(sent?.body), body);
  assert.ok(sent?.headers.some(([name]) => name === 'X-Own'));
  assert.equal(headerOf(sent?.headers ?? [], 'content-type'), 'text/plain;charset=UTF-8');
});

test('fetch gives answers that have no body, and those that are opaque', async (context) => {
  const { frame } = setUp(context, () => ({ status: 204, body: new Uint8Array() }));
  assert.equal((await frame.fetch('/')).status, 204);
  const foreign = setUp(context, () => ({}), 'http://localhost:3002/');
  const opaque = await foreign.frame.fetch(PAGE, { mode: 'no-cors' });
  assert.deepEqual([opaque.type, opaque.status, await opaque.text()], ['opaque', 0, '']);
});

test('fetch fails as a browser’s does, and can be aborted', async (context) => {
  const { frame, asked } = setUp(context);
  await assert.rejects(frame.fetch('http://localhost:9/'), {
    name: 'TypeError',
    message: 'Failed to fetch',
  });
  const controller = new AbortController();
  const fetched = frame.fetch('/', { signal: controller.signal });
  controller.abort();
  await assert.rejects(fetched, { name: 'AbortError' });
  await frame.fetch('/next');
  assert.equal(asked.at(-1)?.target, '/next');
});

test('a frame speaks for its own page, whatever it says', async (context) => {
  const { frame, asked, port } = setUp(context, () => ({}), 'http://localhost:3002/');
  const fields = {
    method: 'POST',
    headers: [],
    mode: 'cors',
    credentials: 'include',
    redirect: 'follow',
  };
  const lie = { initiator: PAGE, navigation: true, destination: 'document' };
  port.postMessage({ type: 'fetch', id: 77, url: `${PAGE}/`, ...fields, ...lie });
  await assert.rejects(frame.fetch(PAGE));
  const [sent] = asked;
  assert.equal(headerOf(sent?.headers ?? [], 'origin'), 'http://localhost:3002');
  assert.equal(headerOf(sent?.headers ?? [], 'sec-fetch-dest'), 'empty');
});

const good = {
  type: 'fetch',
  id: 9,
  url: `${PAGE}/bad`,
  method: 'GET',
  headers: [],
  mode: 'cors',
  credentials: 'omit',
  redirect: 'follow',
};
const malformed: [title: string, message: unknown][] = [
  ['nothing', null],
  ['an unknown type', { ...good, type: 'eval' }],
  ['a number that is none', { ...good, id: 1.5 }],
  ['a URL of another scheme', { ...good, url: 'file:///etc/passwd' }],
  ['a method with a space', { ...good, method: 'GET /x' }],
  ['a header with a line break', { ...good, headers: [['X', 'a\r\nCookie: b']] }],
  ['a header without a name', { ...good, headers: [['', 'a']] }],
  ['too many headers', { ...good, headers: Array.from({ length: 101 }, () => ['X', 'a']) }],
  ['a mode for navigation', { ...good, mode: 'navigate' }],
  ['a body that is no bytes', { ...good, body: 'text' }],
  ['a body over 1 MB', { ...good, method: 'POST', body: new Uint8Array(MOST + 1) }],
];
for (const [title, message] of malformed) {
  test(`the page does nothing for a message with ${title}`, async (context) => {
    const { frame, asked, port } = setUp(context);
    port.postMessage(message);
    await frame.fetch('/good');
    assert.deepEqual(
      asked.map(({ target }) => target),
      ['/good'],
    );
  });
}

test('the page does what the same message asks when it is well formed', async (context) => {
  const { frame, asked, port } = setUp(context);
  port.postMessage({ ...good, method: 'POST', body: new Uint8Array(MOST) });
  await frame.fetch('/good');
  assert.deepEqual(
    asked.map(({ target }) => target),
    ['/bad', '/good'],
  );
});

test('document.cookie answers at once, by the rules of the jar', async (context) => {
  const headers: Header[] = [['Set-Cookie', 'sid=1; HttpOnly; Path=/']];
  const { frame, browser } = setUp(context, () => ({ headers }));
  await frame.fetch('/');
  frame.document.cookie = 'theme=dark; Path=/';
  frame.document.cookie = 'sid=planted; Path=/';
  frame.document.cookie = 'sid=longer';
  assert.equal(frame.document.cookie, 'sid=longer; theme=dark');
  await frame.fetch('/');
  assert.equal(browser.readCookies(`${PAGE}/chat/`), 'sid=longer; theme=dark');
  frame.document.cookie = 'theme=; Max-Age=0; Path=/';
  assert.equal(frame.document.cookie, 'sid=longer');
});

test('document.cookie has what a response set, before the script hears of the response', async (context) => {
  const { frame } = setUp(context, () => ({ headers: [['Set-Cookie', 'a=1; Path=/']] }));
  assert.equal(frame.document.cookie, '');
  await frame.fetch('/');
  assert.equal(frame.document.cookie, 'a=1');
});

test('the frame’s copy holds no value of an HttpOnly cookie, and no cookie of another host', (context) => {
  const { browser } = setUp(context);
  const set = (line: string, url: string) =>
    browser.jar.set(line, { url, sameSite: 'strict', script: false });
  set('sid=secret; HttpOnly', `${PAGE}/`);
  set('other=1', 'http://127.0.0.1/');
  const copy = copyCookies(browser, PAGE).cookies;
  assert.deepEqual(
    copy.map(({ name, value }) => [name, value]),
    [['sid', '']],
  );
});
