import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Header } from '../../site/tab/wire.ts';
import { fakeServer, headerOf, together, told } from './memory.ts';
import { allow, makeBrowser, OTHER, PAGE, setUp, to } from './persona.ts';

test('a redirect is followed, and a POST becomes a GET without its body', async () => {
  const { get, asked, events } = setUp(({ target }) => (target === '/login' ? to('/home') : {}));
  const body = new Uint8Array(3);
  const response = await get('/login', {
    method: 'POST',
    body,
    headers: [['Content-Type', 'a/b']],
  });
  assert.deepEqual([response.url, response.redirected], [`${PAGE}/home`, true]);
  const [, second] = asked;
  assert.equal(`${second?.method} ${second?.body}`, 'GET undefined');
  assert.equal(headerOf(second?.headers ?? [], 'content-type'), undefined);
  assert.deepEqual(told(events), [`1 POST ${PAGE}/login`, '1 302', `2 GET ${PAGE}/home`, '2 200']);
});

test('a 307 keeps the method and the body', async () => {
  const { get, asked } = setUp(({ target }) => (target === '/a' ? to('/b', 307) : {}));
  await get('/a', { method: 'POST', body: new Uint8Array(3) });
  assert.equal(`${asked[1]?.method} ${asked[1]?.body?.length}`, 'POST 3');
});

test('a redirect can be forbidden, left alone, or never end', async () => {
  const { get, fails, asked } = setUp(() => to('/again'));
  assert.match(await fails('/', { redirect: 'error' }), /a redirect, which it forbids/);
  assert.equal((await get('/', { redirect: 'manual' })).type, 'opaqueredirect');
  assert.match(await fails('/'), /redirected 20 times/);
  assert.equal(asked.length, 2 + 21);
});

test('a redirect to another origin loses Authorization, and asks for leave', async () => {
  const home = fakeServer(3001, () => to(`${OTHER}/x`));
  const away = fakeServer(3002, () => ({ headers: [allow('*')] }));
  const { get } = makeBrowser(together(home.server, away.server));
  const headers: Header[] = [['Authorization', 'Bearer x']];
  assert.equal((await get('/', { headers })).type, 'cors');
  assert.deepEqual(
    away.asked.map(({ method }) => method),
    ['GET'],
  );
  assert.equal(headerOf(away.asked[0]?.headers ?? [], 'authorization'), undefined);
  assert.equal(headerOf(away.asked[0]?.headers ?? [], 'origin'), PAGE);
});

test('a redirect from one foreign origin to another makes the origin null', async () => {
  const away = fakeServer(3002, () => ({
    ...to(`${PAGE}/end`),
    headers: [allow('*'), ['Location', `${PAGE}/end`]],
  }));
  const home = fakeServer(3001, ({ target }) =>
    target === '/' ? to(OTHER) : { headers: [allow(PAGE)] },
  );
  const { fails } = makeBrowser(together(home.server, away.server));
  assert.match(await fails('/'), /is http:\/\/localhost:3001, and the page is null/);
});
