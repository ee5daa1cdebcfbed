import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CorsRequest,
  checkPreflight,
  checkResponse,
  exposedHeaders,
  isSameOrigin,
  needsPreflight,
  preflightAge,
  preflightHeaders,
  unsafeHeaders,
} from '../../site/tab/browser/cors.ts';
import { type Asked, isSameSite, metadataHeaders } from '../../site/tab/browser/metadata.ts';
import type { Header } from '../../site/tab/wire.ts';

const PAGE = 'http://localhost:3001';
const get: CorsRequest = { method: 'GET', headers: [], origin: PAGE, credentials: false };
const answer = (...headers: Header[]) => ({ status: 200, headers });
const allow = (value: string): Header => ['Access-Control-Allow-Origin', value];
const allowCredentials: Header = ['Access-Control-Allow-Credentials', 'true'];

test('another port is another origin and the same site; 127.0.0.1 is another site', () => {
  assert.ok(isSameOrigin('http://localhost:3001/x', PAGE));
  assert.ok(!isSameOrigin('http://localhost:3002/', PAGE));
  assert.ok(isSameSite('http://localhost:3002', PAGE));
  assert.ok(isSameSite('ws://localhost:3002', PAGE));
  assert.ok(!isSameSite('http://127.0.0.1:3001', PAGE));
  assert.ok(!isSameSite('null', PAGE));
});

const simple: [title: string, headers: Header[]][] = [
  ['no headers', []],
  ['a form’s content type', [['Content-Type', 'text/plain;charset=UTF-8']]],
  [
    'Accept and languages',
    [
      ['Accept', '*/*'],
      ['Accept-Language', 'en-US,en;q=0.9'],
    ],
  ],
  ['a Range', [['Range', 'bytes=0-99']]],
];
for (const [title, headers] of simple) {
  test(`a request with ${title} goes out without a preflight`, () => {
    assert.equal(needsPreflight({ method: 'POST', headers }), undefined);
  });
}

const asking: [title: string, method: string, headers: Header[], why: string][] = [
  ['PUT', 'PUT', [], 'its method is PUT'],
  ['JSON', 'POST', [['Content-Type', 'application/json']], 'it sets content-type'],
  ['Authorization', 'GET', [['Authorization', 'Bearer x']], 'it sets authorization'],
  ['an Accept with a bracket', 'GET', [['Accept', '{}']], 'it sets accept'],
  ['a value over 128 bytes', 'GET', [['Accept', 'a'.repeat(129)]], 'it sets accept'],
  ['a Range from behind', 'GET', [['Range', 'bytes=9-1']], 'it sets range'],
];
for (const [title, method, headers, why] of asking) {
  test(`a request with ${title} needs a preflight`, () => {
    assert.equal(needsPreflight({ method, headers }), why);
  });
}

test('safe headers that are over 1024 bytes together need one as well', () => {
  const headers = Array.from({ length: 9 }, (): Header => ['Accept', 'a'.repeat(128)]);
  assert.deepEqual(unsafeHeaders(headers), ['accept']);
  assert.deepEqual(unsafeHeaders(headers.slice(1)), []);
});

test('a preflight names the method and, sorted and in lower case, the headers', () => {
  const headers: Header[] = [
    ['X-b', '1'],
    ['X-A', '1'],
    ['Accept', '*/*'],
  ];
  assert.deepEqual(preflightHeaders({ ...get, method: 'PATCH', headers }), [
    ['Access-Control-Request-Method', 'PATCH'],
    ['Access-Control-Request-Headers', 'x-a,x-b'],
  ]);
  assert.deepEqual(preflightHeaders({ ...get, method: 'PUT' }), [
    ['Access-Control-Request-Method', 'PUT'],
  ]);
});

test('an answer that names the page’s origin or * may be read', () => {
  assert.equal(checkResponse(answer(allow(PAGE)), get), undefined);
  assert.equal(checkResponse(answer(allow('*')), get), undefined);
});

test('an answer that names no origin, or another, or two, may not', () => {
  assert.match(checkResponse(answer(), get) ?? '', /^no Access-Control-Allow-Origin/);
  for (const other of ['http://localhost:3002', `${PAGE}/`, `${PAGE}, ${PAGE}`, 'null']) {
    assert.match(checkResponse(answer(allow(other)), get) ?? '', /and the page is/, other);
  }
});

test('with credentials * does not count, and they must be allowed by name', () => {
  const request = { ...get, credentials: true };
  assert.match(checkResponse(answer(allow('*'), allowCredentials), request) ?? '', /is \*/);
  assert.match(checkResponse(answer(allow(PAGE)), request) ?? '', /no .*-Credentials: true/);
  const capital: Header = ['Access-Control-Allow-Credentials', 'True'];
  assert.match(checkResponse(answer(allow(PAGE), capital), request) ?? '', /no .*-Credentials/);
  assert.equal(checkResponse(answer(allow(PAGE), allowCredentials), request), undefined);
});

const put: CorsRequest = {
  ...get,
  method: 'PUT',
  headers: [
    ['Authorization', 'x'],
    ['X-A', '1'],
  ],
};
const methods = (value: string): Header => ['Access-Control-Allow-Methods', value];
const names = (value: string): Header => ['Access-Control-Allow-Headers', value];

test('a preflight passes when it lists the method and the headers', () => {
  const good = answer(allow(PAGE), methods('GET, PUT'), names('X-a, AUTHORIZATION'));
  assert.equal(checkPreflight(good, put), undefined);
  const star = answer(allow('*'), methods('*'), names('*, authorization'));
  assert.equal(checkPreflight(star, put), undefined);
  const post = { ...put, method: 'POST', headers: [] };
  assert.equal(checkPreflight(answer(allow(PAGE)), post), undefined);
});

test('a preflight fails for its status, method, headers, or a * that does not count', () => {
  const whole = [allow(PAGE), allowCredentials, methods('PUT'), names('x-a, authorization')];
  const fails = (headers: Header[], request = put, status = 204) =>
    checkPreflight({ status, headers }, request) ?? 'passed';
  assert.equal(fails(whole), 'passed');
  assert.match(fails(whole, put, 404), /status is 404/);
  assert.match(fails(whole, { ...put, method: 'put' }), /does not list put/);
  assert.match(fails([allow(PAGE), methods('*'), names('*')]), /does not list authorization/);
  const credentials = { ...put, credentials: true };
  const star = [allow(PAGE), allowCredentials, methods('*'), names('*')];
  assert.match(fails(star, credentials), /does not list PUT/);
  assert.match(
    fails([...whole.slice(0, 3), names('*')], credentials),
    /does not list authorization/,
  );
  assert.equal(fails(whole, credentials), 'passed');
});

test('a preflight serves for 5 seconds, or as long as it says, up to 2 hours', () => {
  const age = (value: string): Header => ['Access-Control-Max-Age', value];
  assert.equal(preflightAge([]), 5000);
  assert.equal(preflightAge([age('0')]), 0);
  assert.equal(preflightAge([age('60')]), 60_000);
  assert.equal(preflightAge([age('86400')]), 7_200_000);
});

test('across origins a script sees the safe headers and the exposed ones, and never Set-Cookie', () => {
  const all: Header[] = [
    ['Content-Type', 'text/plain'],
    ['X-A', '1'],
    ['X-B', '1'],
    ['Set-Cookie', 'a=1'],
  ];
  const seen = (expose: string, options: { crossOrigin: boolean; credentials: boolean }) =>
    exposedHeaders([...all, ['Access-Control-Expose-Headers', expose]], options)
      .map(([name]) => name)
      .join(' ');
  const cross = { crossOrigin: true, credentials: false };
  assert.equal(seen('x-a, set-cookie', cross), 'Content-Type X-A');
  assert.equal(seen('*', cross), 'Content-Type X-A X-B Access-Control-Expose-Headers');
  assert.equal(seen('*', { ...cross, credentials: true }), 'Content-Type');
  assert.equal(seen('', { crossOrigin: false, credentials: true }).includes('X-B'), true);
});

/** Recorded from Chromium 150, without what the virtual browser does not send. */
const asked: Asked = {
  initiator: `${PAGE}/chat?x#y`,
  urls: [new URL(`${PAGE}/`)],
  method: 'GET',
  mode: 'cors',
  destination: 'empty',
  cors: false,
  tainted: false,
};
const said = (over: Partial<Asked>) =>
  metadataHeaders({ ...asked, ...over })
    .map(([name, value]) => `${name.replace('Sec-Fetch-', '')}: ${value}`)
    .join(' | ');
const other = new URL('http://localhost:3002/');
const foreign = new URL('http://127.0.0.1:3002/');

const recorded: [title: string, over: Partial<Asked>, headers: string][] = [
  [
    'a GET to its own origin has no Origin',
    {},
    `Site: same-origin | Mode: cors | Dest: empty | Referer: ${PAGE}/chat?x`,
  ],
  [
    'a POST has one',
    { method: 'POST' },
    `Origin: ${PAGE} | Site: same-origin | Mode: cors | Dest: empty | Referer: ${PAGE}/chat?x`,
  ],
  [
    'a GET to another port has one',
    { urls: [other], cors: true },
    `Origin: ${PAGE} | Site: same-site | Mode: cors | Dest: empty | Referer: ${PAGE}/`,
  ],
  [
    '127.0.0.1 is cross-site',
    { urls: [foreign], cors: true },
    `Origin: ${PAGE} | Site: cross-site | Mode: cors | Dest: empty | Referer: ${PAGE}/`,
  ],
  [
    'a GET with no-cors has none',
    { urls: [foreign], mode: 'no-cors' },
    `Site: cross-site | Mode: no-cors | Dest: empty | Referer: ${PAGE}/`,
  ],
  [
    'a way through another origin is remembered',
    { urls: [other, new URL(PAGE)], cors: true, tainted: true },
    `Origin: null | Site: same-site | Mode: cors | Dest: empty | Referer: ${PAGE}/`,
  ],
  [
    'a link says that a reader followed it',
    { urls: [foreign], mode: 'navigate', destination: 'document' },
    `Site: cross-site | Mode: navigate | User: ?1 | Dest: document | Referer: ${PAGE}/`,
  ],
  [
    'a typed address comes from nowhere',
    { initiator: undefined, mode: 'navigate', destination: 'document' },
    'Site: none | Mode: navigate | User: ?1 | Dest: document',
  ],
];
for (const [title, over, headers] of recorded) {
  test(`the browser tells of a request: ${title}`, () => assert.equal(said(over), headers));
}
