import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CookieJar } from '../../site/tab/browser/jar.ts';
import type { GetContext, SetContext } from '../../site/tab/browser/jar-rules.ts';

const PAGE = 'http://localhost:3001/';
const response: SetContext = { url: PAGE, sameSite: 'strict', script: false };
const request: GetContext = { ...response, method: 'GET' };

function makeJar(...lines: string[]) {
  let time = Date.UTC(2026, 0, 1);
  const jar = new CookieJar({ now: () => time });
  for (const line of lines) assert.equal(jar.set(line, response).verb, 'stored', line);
  const sent = (over: Partial<GetContext> = {}) =>
    jar.get({ ...request, ...over }).sent.map(({ name, value }) => `${name}=${value}`);
  const withheld = (over: Partial<GetContext> = {}) => jar.get({ ...request, ...over }).withheld;
  const set = (line: string, over: Partial<SetContext> = {}) =>
    jar.set(line, { ...response, ...over });
  return { jar, sent, withheld, set, wait: (ms: number) => (time += ms) };
}

const refusals: [title: string, line: string, why: RegExp, over?: Partial<SetContext>][] = [
  ['one without a name and a value', '=', /neither a name nor a value/],
  ['a control character', 'a=b\u0001c', /control character/],
  ['a Domain of another host', 'a=1; Domain=example.com', /Domain example.com is not localhost/],
  ['Secure without TLS', 'a=1; Secure', /Secure/, { secure: false }],
  ['HttpOnly from a script', 'a=1; HttpOnly', /script cannot set/, { script: true }],
  [
    'Lax from an answer to another site',
    'a=1; SameSite=Lax',
    /another site/,
    { sameSite: 'cross' },
  ],
  ['the default SameSite there', 'a=1', /another site/, { sameSite: 'cross' }],
  ['SameSite=None without Secure', 'a=1; SameSite=None', /asks for Secure/],
  ['__Secure- without Secure', '__Secure-a=1', /__Secure- asks for Secure/],
  ['__Host- without Secure', '__Host-a=1; Path=/', /__Host- asks for Secure/],
  ['__Host- without Path', '__Host-a=1; Secure', /asks for Path=\//],
  ['__Host- with a longer Path', '__Host-a=1; Secure; Path=/x', /asks for Path=\//],
  ['__Host- with Domain', '__Host-a=1; Secure; Path=/; Domain=localhost', /asks for no Domain/],
  ['__host- in any case', '__host-a=1; Path=/', /__Host- asks for Secure/],
  ['a nameless one that poses as __Host-', '=__Host-a=1', /no name/],
  ['more than 4096 bytes', `a=${'é'.repeat(2048)}`, /over 4096 bytes/],
];

for (const [title, line, why, over] of refusals) {
  test(`the jar refuses ${title}, and says why`, () => {
    const { set, jar } = makeJar();
    const result = set(line, over);
    assert.equal(result.verb, 'refused');
    assert.match(result.why, why);
    assert.deepEqual(jar.list(), []);
  });
}

const takes: [title: string, line: string, over?: Partial<SetContext>][] = [
  ['Secure on localhost, as Chromium does', 'a=1; Secure'],
  ['HttpOnly from a response', 'a=1; HttpOnly'],
  ['a script’s own cookie', 'a=1', { script: true }],
  [
    'SameSite=None with Secure from another site',
    'a=1; SameSite=None; Secure',
    { sameSite: 'cross' },
  ],
  ['Strict from a page that a link led to', 'a=1; SameSite=Strict', { sameSite: 'lax' }],
  ['__Secure- with Secure', '__Secure-a=1; Secure'],
  ['__Host- with Secure and Path=/', '__Host-a=1; Secure; Path=/'],
  ['4096 bytes', `a=${'x'.repeat(4095)}`],
  ['a tab in a value', 'a=b\tc'],
  ['its own host as Domain', 'a=1; Domain=localhost'],
];

for (const [title, line, over] of takes) {
  test(`the jar takes ${title}`, () => {
    const { set, jar } = makeJar();
    assert.equal(set(line, over).verb, 'stored');
    assert.equal(jar.list().length, 1);
  });
}

test('what is stored is told with its terms', () => {
  const { set } = makeJar();
  const { why } = set('sid=1; HttpOnly; Path=/chat; Max-Age=60');
  const until = 'until 2026-01-01T00:01:00.000Z';
  assert.equal(why, `for localhost/chat, HttpOnly, SameSite Lax by default, ${until}`);
});

test('a cookie set on one port is sent to another, and not to another host', () => {
  const { sent } = makeJar('a=1');
  assert.deepEqual(sent({ url: 'http://localhost:4002/' }), ['a=1']);
  assert.deepEqual(sent({ url: 'http://127.0.0.1:3001/' }), []);
});

test('Domain lets a host below it in, and one without it does not', () => {
  const url = 'https://app.example.com/';
  const below = 'https://eu.app.example.com/';
  const { set, sent } = makeJar();
  set('own=1', { url });
  set('all=1; Domain=.example.com', { url });
  assert.deepEqual(sent({ url }), ['own=1', 'all=1']);
  assert.deepEqual(sent({ url: below }), ['all=1']);
  assert.deepEqual(sent({ url: 'https://badexample.com/' }), []);
  assert.equal(set('tld=1; Domain=com', { url }).verb, 'refused');
});

test('without Path a cookie is for the folder of the request', () => {
  const { set, sent, withheld } = makeJar();
  set('a=1', { url: 'http://localhost:3001/chat/login' });
  assert.deepEqual(sent({ url: 'http://localhost:3001/chat' }), ['a=1']);
  assert.deepEqual(sent({ url: 'http://localhost:3001/chat/x/y' }), ['a=1']);
  assert.deepEqual(sent({ url: 'http://localhost:3001/chatter' }), []);
  assert.deepEqual(withheld(), [{ name: 'a', why: 'its path is /chat' }]);
});

test('longer paths go first, and among equals the older', () => {
  const { set, sent } = makeJar('a=1', 'b=1', 'c=1; Path=/socket.io/');
  set('a=2');
  assert.deepEqual(sent({ url: 'http://localhost:3001/socket.io/' }), ['c=1', 'a=2', 'b=1']);
});

test('SameSite decides what another site’s page can have sent', () => {
  const { sent, withheld } = makeJar(
    'strict=1; SameSite=Strict',
    'lax=1; SameSite=Lax',
    'plain=1',
    'none=1; SameSite=None; Secure',
  );
  assert.deepEqual(sent(), ['strict=1', 'lax=1', 'plain=1', 'none=1']);
  assert.deepEqual(sent({ sameSite: 'lax' }), ['lax=1', 'plain=1', 'none=1']);
  assert.deepEqual(sent({ sameSite: 'lax', method: 'POST' }), ['none=1']);
  assert.deepEqual(sent({ sameSite: 'cross' }), ['none=1']);
  const [, lax] = withheld({ sameSite: 'lax', method: 'POST' });
  assert.deepEqual(lax, { name: 'lax', why: 'SameSite=Lax, and POST is no safe method' });
});

test('a script reads no HttpOnly cookie, and a request carries it', () => {
  const { sent, withheld } = makeJar('sid=1; HttpOnly', 'theme=dark');
  assert.deepEqual(sent({ script: true }), ['theme=dark']);
  assert.deepEqual(withheld({ script: true }), [
    { name: 'sid', why: 'HttpOnly: no script reads it' },
  ]);
  assert.deepEqual(sent(), ['sid=1', 'theme=dark']);
});

test('a script neither overwrites nor deletes an HttpOnly cookie, but may add one for a longer path', () => {
  const { set, sent } = makeJar('sid=real; HttpOnly');
  assert.match(set('sid=planted', { script: true }).why, /cannot overwrite/);
  assert.equal(set('sid=; Max-Age=0', { script: true }).verb, 'refused');
  assert.equal(set('sid=planted; Path=/chat', { script: true }).verb, 'stored');
  assert.deepEqual(sent(), ['sid=real']);
  assert.deepEqual(sent({ url: 'http://localhost:3001/chat' }), ['sid=planted', 'sid=real']);
  assert.equal(set('sid=new; HttpOnly').verb, 'stored');
});

test('a Secure cookie stays behind without TLS, and cannot be overwritten from there', () => {
  const { set, sent } = makeJar('a=1; Secure');
  assert.deepEqual(sent({ secure: false }), []);
  assert.match(set('a=2', { secure: false }).why, /a Secure cookie has this name/);
  assert.equal(set('b=2', { secure: false }).verb, 'stored');
});

test('Max-Age wins over Expires, and a cookie ends at its time', () => {
  const { set, sent, wait } = makeJar();
  set('a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  set('b=1; Expires=Thu, 01 Jan 2026 00:00:05 GMT');
  set('c=1');
  wait(4999);
  assert.deepEqual(sent(), ['a=1', 'b=1', 'c=1']);
  wait(1);
  assert.deepEqual(sent(), ['a=1', 'c=1']);
  wait(5000);
  assert.deepEqual(sent(), ['c=1']);
});

test('a date or an age that is none is as if it were not there', () => {
  const { set, jar } = makeJar();
  for (const line of [
    'a=1; Max-Age=soon',
    'b=1; Expires=tomorrow',
    'c=1; Expires=31 Feb 2030 1:1:1',
  ]) {
    set(line);
  }
  assert.deepEqual(
    jar.list().map(({ expires }) => expires),
    [Infinity, Infinity, Infinity],
  );
});

test('no cookie lasts longer than 400 days', () => {
  const { set, jar } = makeJar();
  set('a=1; Max-Age=99999999999');
  assert.equal(jar.list()[0]?.expires, Date.UTC(2026, 0, 1) + 400 * 86_400_000);
});

test('a cookie that ends at once is deleted, and only with its own path', () => {
  const { set, sent } = makeJar('a=1; Path=/chat', 'b=1');
  assert.equal(set('b=; Max-Age=0').verb, 'deleted');
  const other = set('a=; Expires=Thu, 01-Jan-70 00:00:00 GMT');
  assert.match(
    `${other.verb}: ${other.why}`,
    /^deleted: .* there was none with this domain and path/,
  );
  assert.deepEqual(sent({ url: 'http://localhost:3001/chat' }), ['a=1']);
});

test('whoever listens hears of each change, until it stops', () => {
  const { jar, set } = makeJar();
  let count = 0;
  const stop = jar.onChange(() => count++);
  set('a=1');
  set('=');
  set('none=; Max-Age=0');
  jar.load([]);
  stop();
  set('b=1');
  assert.equal(count, 2);
});
