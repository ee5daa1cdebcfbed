import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Header } from '../../site/tab/wire.ts';
import { headerOf, told } from './memory.ts';
import { allow, allowCredentials, OTHER, setUp } from './persona.ts';

test('a read of another origin without leave is blocked, though the request arrived', async () => {
  const { fails, asked, sent } = setUp();
  const why = await fails('/', { initiator: OTHER });
  assert.equal(why, `1 blocked: no Access-Control-Allow-Origin, and the page is ${OTHER}`);
  assert.equal(asked.length, 1);
  assert.equal(sent('origin'), OTHER);
  assert.equal(sent('sec-fetch-site'), 'same-site');
});

test('a read of another origin with leave gives the exposed headers alone', async () => {
  const headers = [
    allow(OTHER),
    ['X-Own', '1'] as Header,
    ['Content-Type', 'text/plain'] as Header,
  ];
  const { get } = setUp(() => ({ headers }));
  const { type, headers: seen } = await get('/', { initiator: OTHER });
  assert.deepEqual({ type, seen }, { type: 'cors', seen: [['Content-Type', 'text/plain']] });
});

test('another origin of the same site gets cookies sent only with credentials: include', async () => {
  const { browser, get, fails, sent } = setUp(() => ({ headers: [allow(OTHER)] }));
  browser.cookie = 'sid=1; SameSite=Strict';
  await get('/', { initiator: OTHER });
  assert.equal(sent('cookie'), undefined);
  const why = await fails('/', { initiator: OTHER, credentials: 'include' });
  assert.equal(sent('cookie'), 'sid=1');
  assert.match(why, /no Access-Control-Allow-Credentials: true/);
});

test('another site’s page has no Lax cookie sent, and a SameSite=None one is', async () => {
  const { browser, get, sent, events } = setUp(() => ({
    headers: [allow('http://127.0.0.1:4002'), allowCredentials],
  }));
  browser.cookie = 'sid=1';
  browser.cookie = 'open=1; SameSite=None; Secure';
  await get('/', { initiator: 'http://127.0.0.1:4002', credentials: 'include' });
  assert.equal(sent('cookie'), 'open=1');
  assert.ok(told(events).some((line) => line.startsWith('1 withheld sid: SameSite is Lax')));
});

test('a preflight is asked first, without cookies, and what it forbids is never sent', async () => {
  const { browser, fails, asked, events } = setUp(() => ({ headers: [allow(OTHER)] }));
  browser.cookie = 'sid=1';
  const why = await fails('/', { initiator: OTHER, method: 'PUT', credentials: 'include' });
  assert.deepEqual(
    asked.map(({ method }) => method),
    ['OPTIONS'],
  );
  assert.equal(headerOf(asked[0]?.headers ?? [], 'cookie'), undefined);
  assert.match(why, /^1 blocked: preflight: no Access-Control-Allow-Credentials/);
  assert.equal(events.filter(({ kind }) => kind === 'response').length, 1);
});

test('a preflight that allows it is followed by the request, and serves for 5 seconds', async () => {
  const headers: Header[] = [allow('*'), ['Access-Control-Allow-Methods', 'PUT']];
  const { get, asked, wait } = setUp(() => ({ headers }));
  const put = () => get('/', { initiator: OTHER, method: 'PUT' });
  await put();
  wait(4999);
  await put();
  wait(1);
  await put();
  const methods = asked.map(({ method }) => method).join(' ');
  assert.equal(methods, 'OPTIONS PUT PUT OPTIONS PUT');
});

test('no-cors sends simple requests across origins and shows nothing of the answer', async () => {
  const { browser, get, fails, asked } = setUp();
  browser.cookie = 'sid=1';
  const headers: Header[] = [
    ['X-Own', '1'],
    ['Content-Type', 'text/plain'],
  ];
  const over = { initiator: OTHER, mode: 'no-cors', credentials: 'include' } as const;
  const { type, status, body } = await get('/', { ...over, method: 'POST', headers });
  assert.deepEqual([type, status, body.length], ['opaque', 0, 0]);
  const [sent] = asked;
  assert.equal(headerOf(sent?.headers ?? [], 'cookie'), 'sid=1');
  assert.equal(headerOf(sent?.headers ?? [], 'x-own'), undefined);
  assert.match(await fails('/', { ...over, method: 'PUT' }), /its mode is no-cors/);
});

test('the mode same-origin keeps requests at home', async () => {
  const { get, fails } = setUp();
  assert.equal((await get('/', { mode: 'same-origin' })).status, 200);
  const why = await fails('/', { mode: 'same-origin', initiator: OTHER });
  assert.match(why, /its mode is same-origin/);
});
