// Tokens on the wire, found and opened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import jwt from 'jsonwebtoken';
import { findJwts, openJwt, openJwts } from '../../site/playground/wire/jwt.ts';
import { span } from '../../site/playground/wire/words.ts';

const now = 1_795_266_260_000;
const issued = now / 1000;
const sign = (claims: object) =>
  jwt.sign({ iat: issued, ...claims }, 'a secret of this test', { algorithm: 'HS256' });
const token = sign({ sub: 'u1', name: 'Ann Ødegård', exp: issued + 900 });
const encode = (text: string) => Buffer.from(text).toString('base64url');
const timesOf = (claims: object, at = now) => openJwt(sign(claims), at).times;

test('a token is found wherever a credential travels', () => {
  const carried = [
    `/socket.io/?EIO=4&token=${token}&transport=websocket`,
    `Bearer ${token}`,
    `theme=dark; token=${token}; lang=en`,
    `s%3A${token}.signatureOfTheCookie`,
    `40{"token":"${token}"}`,
    `token=${token}; Path=/; HttpOnly`,
    `two sentences end in ${token}.`,
  ];
  for (const text of carried) assert.deepEqual(findJwts(text), [token], text);
});

test('each token of a text is found once, in their order', () => {
  const other = sign({ sub: 'u2' });
  assert.deepEqual(findJwts(`${token} ${other},${token}`), [token, other]);
});

test('what only looks like a token is left alone', () => {
  const texts = [
    'www.example.com',
    '1.2.3',
    'server.ts.map',
    `${encode('not JSON')}.${encode('{}')}.abc`,
    `${encode('{"typ":"JWT"}')}.${encode('{}')}.abc`,
    `${encode('["alg"]')}.${encode('{}')}.abc`,
    token.split('.').slice(0, 2).join('.'),
    '',
  ];
  for (const text of texts) assert.deepEqual(findJwts(text), [], text);
});

test('an opened token shows its header, claims and signature, and says that it was not verified', () => {
  const opened = openJwt(token, now);
  assert.deepEqual(opened.header, { alg: 'HS256', typ: 'JWT' });
  assert.equal(opened.claims?.['name'], 'Ann Ødegård');
  assert.equal(opened.signature, token.split('.')[2]);
  assert.match(opened.caution, /not verified/);
});

test('a forged signature is opened like any other', () => {
  const forged = `${token.split('.').slice(0, 2).join('.')}.AAAA`;
  assert.equal(openJwts(forged, now)[0]?.claims?.['sub'], 'u1');
});

test('a token without a signature says that anybody could have written it', () => {
  const none = `${encode('{"alg":"none"}')}.${encode('{"sub":"admin"}')}.`;
  const [opened] = openJwts(`token=${none}`, now);
  assert.equal(opened?.signature, '');
  assert.match(opened?.caution ?? '', /anybody/);
});

test('exp and iat are words by the clock that is given', () => {
  assert.deepEqual(timesOf({ exp: issued + 900 }, now + 10_000), [
    'issued 10 s ago',
    'expires in 14 min 50 s',
  ]);
  assert.deepEqual(timesOf({ exp: issued + 900 }, now + 903_000), [
    'issued 15 min 3 s ago',
    'expired 3 s ago',
  ]);
});

test('a token has expired at exp, not only after it', () => {
  assert.equal(timesOf({ exp: issued }).at(-1), 'expired less than a second ago');
});

test('a token from the future, and one that is not valid yet, say so', () => {
  assert.deepEqual(timesOf({ iat: issued + 60, nbf: issued + 5 }), [
    'issued 1 min from now: the clocks differ',
    'not valid for another 5 s',
  ]);
  assert.equal(timesOf({ nbf: issued - 5 }).at(-1), 'became valid 5 s ago');
});

test('times that are no seconds are named as what they are', () => {
  const claims = encode(`{"exp":${now + 900_000},"iat":"soon","nbf":1e999}`);
  const [opened] = openJwts(`${encode('{"alg":"HS256"}')}.${claims}.abcd`, now);
  assert.match(opened?.times[0] ?? '', /iat is not a number/);
  assert.match(opened?.times[1] ?? '', /nbf is not a number/);
  assert.match(opened?.times[2] ?? '', /exp is in milliseconds/);
});

test('claims that are no JSON object are shown as the text they are', () => {
  const header = encode('{"alg":"HS256"}');
  assert.equal(openJwts(`${header}.${encode('plain text')}.abcd`, now)[0]?.text, 'plain text');
  assert.equal(openJwts(`${header}.${encode('["u1"]')}.abcd`, now)[0]?.text, '["u1"]');
  assert.equal(openJwts(`${header}._w.abcd`, now)[0]?.text, '_w');
});

test('a claim named __proto__ stays a claim', () => {
  const claims = encode('{"__proto__":{"role":"admin"}}');
  const [opened] = openJwts(`${encode('{"alg":"HS256"}')}.${claims}.abcd`, now);
  assert.ok(opened?.claims && Object.hasOwn(opened.claims, '__proto__'));
  assert.equal(Reflect.get({}, 'role'), undefined);
});

test('a text full of almost-tokens is read in a moment', () => {
  const texts = [
    'a'.repeat(100_000),
    'eyJhbGci.'.repeat(11_000),
    '.'.repeat(100_000),
    `${token} `.repeat(300),
  ];
  const start = performance.now();
  for (const text of texts) assert.ok(findJwts(text).length <= 10);
  assert.ok(performance.now() - start < 2000);
});

test('a span is told in its two largest units', () => {
  const spans = [0.4, 3, 60, 890, 7200, 90_061, 63_115_200].map(span);
  assert.deepEqual(spans, [
    'less than a second',
    '3 s',
    '1 min',
    '14 min 50 s',
    '2 h',
    '1 d 1 h',
    '2 y',
  ]);
});
