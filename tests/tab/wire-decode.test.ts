// Events on the wire as a person reads them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WireReader } from '../../site/playground/wire/decode.ts';
import { findLast } from '../../site/playground/wire/find.ts';
import type { Item } from '../../site/playground/wire/item.ts';
import { textOf } from '../../site/playground/wire/text.ts';
import type { WireDetail, WireEvent } from '../../site/tab/wire.ts';

const SID = 'rJcllLzkJoO7iJOnAAAA';
const POLL = `http://localhost:3001/socket.io/?EIO=4&transport=polling&sid=${SID}`;
const TOKEN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1MSIsImlhdCI6MTc5NTI2NjI2MH0.dYw-OpuoDeVtpK2K5zAyfnpVgtM1kytcds66WXX1NSo';

const at = (detail: WireDetail, exchange = 1, browser = 'ann'): WireEvent => ({
  ...{ at: 1_795_266_260_385, browser, exchange },
  ...detail,
});
const ask = (method: string, url: string, body = '', headers: [string, string][] = []) =>
  ({ kind: 'request', method, url, headers, body }) as const;
const answer = (
  body: string,
  status = 200,
  statusText = 'OK',
  headers: [string, string][] = [],
): WireDetail => ({ kind: 'response', status, statusText, headers, body });
const say = (text: string, from: 'client' | 'server' = 'client') =>
  ({ kind: 'message', from, text }) as const;

/** The items of one exchange. */
function readAll(...details: WireDetail[]): Item[] {
  const reader = new WireReader();
  return details.map((detail) => reader.read(at(detail)));
}
const read = (detail: WireDetail): Item => {
  const [item] = readAll(detail);
  assert.ok(item);
  return item;
};
test('a handshake by polling reads as what it does', () => {
  const open = 'http://localhost:3001/socket.io/?EIO=4&transport=polling&t=abc1';
  const opening = readAll(ask('GET', open), answer(`0{"sid":"${SID}","upgrades":["websocket"]}`));
  assert.deepEqual(
    opening.map(({ name }) => name),
    ['polling, opens', '200 OK: OPEN'],
  );
  assert.deepEqual(opening[0]?.raw, ['GET /socket.io/?EIO=4&transport=polling&t=abc1']);
  assert.deepEqual(opening[0]?.facts, [
    ['transport', 'polling'],
    ['Engine.IO protocol', '4'],
  ]);

  const connect = readAll(ask('POST', POLL, `40{"token":"${TOKEN}"}`), answer('ok'));
  assert.equal(connect[0]?.name, 'polling, sends: CONNECT /');
  assert.deepEqual(connect[0]?.carriers, ['auth-field']);
  assert.deepEqual(connect[0]?.facts[1], ['Engine.IO session (sid)', SID]);
  assert.equal(connect[1]?.name, '200 OK');
  assert.deepEqual(connect[1]?.packets, []);
});

test('a CONNECT that is answered is connected, and a CONNECT_ERROR refused, on either transport', () => {
  const accepted = '40{"sid":"miYp_2XQGpADiwAaAAAB"}';
  const refused = '44{"message":"unauthorized"}';
  assert.equal(readAll(ask('GET', POLL), answer(accepted))[1]?.verdict, 'connected');
  assert.equal(readAll(ask('GET', POLL), answer(refused))[1]?.verdict, 'refused');
  assert.equal(read(say(accepted, 'server')).verdict, 'connected');
  assert.equal(read(say(refused, 'server')).verdict, 'refused');
  assert.equal(read(say('40')).verdict, undefined);
});

test('an upgrade is named, and what follows it is read as packets', () => {
  const url = POLL.replace('polling', 'websocket').replace('http', 'ws');
  const items = readAll(
    ask('GET', url, '', [['Upgrade', 'websocket']]),
    answer('', 101, 'Switching Protocols'),
    say('2probe'),
    { kind: 'message', from: 'server', bytes: 3 },
    { kind: 'close', from: 'server', code: 1000 },
  );
  assert.deepEqual(
    items.map(({ from, name }) => [from, name]),
    [
      ['browser', 'upgrade to WebSocket'],
      ['server', '101 Switching Protocols'],
      ['browser', 'PING probe'],
      ['server', 'binary message, 3 bytes: attachment'],
      ['server', 'WebSocket closed: 1000, normal closure'],
    ],
  );
});

test('a refused handshake shows its status and its words', () => {
  const body = '{"code":1,"message":"Session ID unknown"}';
  const [, refusal] = readAll(ask('GET', POLL), answer(body, 400, 'Bad Request'));
  assert.deepEqual(
    [refusal?.name, refusal?.verdict, refusal?.raw],
    ['400 Bad Request', 'refused', [body]],
  );
});

test('other HTTP and other WebSockets are not read as packets', () => {
  const [request, response] = readAll(ask('GET', 'http://localhost:3001/'), answer('42["a"]'));
  assert.equal(request?.name, 'request');
  assert.deepEqual(response?.packets, []);
  const [, message] = readAll(ask('GET', 'ws://localhost:3001/raw'), say('42["a"]'));
  assert.equal(message?.name, 'WebSocket message');
  assert.equal(read(ask('GET', 'not a URL')).raw[0], 'GET not a URL');
});

test('the same number in two browsers is two exchanges', () => {
  const reader = new WireReader();
  reader.read(at(ask('GET', POLL), 1, 'ann'));
  reader.read(at(ask('GET', 'http://localhost:3001/'), 1, 'bob'));
  assert.equal(reader.read(at(answer('6'), 1, 'ann')).packets.length, 1);
  assert.equal(reader.read(at(answer('6'), 1, 'bob')).packets.length, 0);
});

test('a long WebSocket is remembered, however many requests come after it', () => {
  const reader = new WireReader();
  reader.read(at(ask('GET', 'ws://localhost:3001/raw'), 1));
  for (let n = 2; n < 2000; n += 1) {
    reader.read(at(ask('GET', POLL), n));
    if (n % 100 === 0) reader.read(at(say('x'), 1));
  }
  assert.equal(reader.read(at(say('x'), 1)).name, 'WebSocket message');
});

test('pings and pongs are known as such on both transports, and a probe is not one', () => {
  assert.deepEqual(
    ['2', '3', '2probe', '6', '42["a"]'].map((text) => read(say(text)).beat),
    [true, true, false, false, false],
  );
  assert.equal(readAll(ask('GET', POLL), answer('2'))[1]?.beat, true);
  assert.deepEqual(
    readAll(ask('POST', POLL, '3'), answer('ok')).map(({ beat }) => beat),
    [true, true],
  );
  assert.equal(readAll(ask('GET', POLL), answer('2\x1e42["a"]'))[1]?.beat, false);
});

test('a response knows the request that it answers', () => {
  const [request, response] = readAll(ask('GET', POLL), answer('2'));
  assert.ok(request);
  assert.equal(response?.answers, request);
});

test('a credential in a query or a cookie is marked with its carrier', () => {
  const cookie: [string, string][] = [['Cookie', 'sid=1']];
  assert.deepEqual(read(ask('GET', `${POLL}&token=secret`)).carriers, ['query']);
  assert.deepEqual(read(ask('GET', `${POLL}&x=${TOKEN}`, '', cookie)).carriers, [
    'query',
    'cookie',
  ]);
  assert.deepEqual(read(ask('GET', POLL)).carriers, []);
  const set = answer('', 200, 'OK', [['Set-Cookie', 'sid=1']]);
  assert.deepEqual(read(set).carriers, ['cookie']);
});

test('cookies and blocked reads say their reason and belong to no side', () => {
  const why = "SameSite=Lax, and another site's page makes the request";
  const withheld = read({ kind: 'cookie', verb: 'withheld', name: 'sid', why });
  assert.deepEqual([withheld.from, withheld.words], [undefined, `sid withheld: ${why}`]);
  assert.deepEqual(withheld.topics, ['cookies']);
  const blocked = read({ kind: 'blocked', why: 'CORS: no Access-Control-Allow-Origin' });
  assert.match(textOf(blocked), /ann {2}blocked: CORS: no Access-Control-Allow-Origin/);
});

test('an item as text has all that was sent, in its order', () => {
  const headers: [string, string][] = [
    ['Host', 'localhost:3001'],
    ['Cookie', 'sid=1'],
  ];
  const text = textOf(read(ask('POST', POLL, '40\x1e2', headers)));
  const lines = text.split('\n');
  assert.match(
    lines[0] ?? '',
    /^\d\d:\d\d:\d\d\.385 {2}ann {2}browser → server\.ts {2}polling, sends/,
  );
  assert.deepEqual(lines.slice(1), [
    `POST /socket.io/?EIO=4&transport=polling&sid=${SID} HTTP/1.1`,
    ...['Host: localhost:3001', 'Cookie: sid=1', '', '40\x1e2', ''],
  ]);
});

test('a packet of a lesson is found exactly, then by what does not differ from run to run', () => {
  const items = readAll(
    ask('POST', POLL, `40{"token":"${TOKEN}"}`, [['Cookie', `token=${TOKEN}`]]),
    say('40{"sid":"miYp_2XQGpADiwAaAAAB"}', 'server'),
    say('42["say","a"]'),
    say('42["say","a"]'),
  );
  assert.equal(findLast(items, ' 42["say","a"] '), 3);
  assert.equal(findLast(items, '40{"sid":"PlisUCgxaojh3iRfAAAA"}'), 1);
  assert.equal(findLast(items, '40{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIi….IyENt0gG…"}'), 0);
  assert.equal(findLast(items, 'Cookie: token=eyJhbGciOiJIUzI1NiJ9.eyJp….So1HaJLB…'), 0);
  assert.equal(findLast(items, 'POST /socket.io/?EIO=4&transport=polling&sid=…'), 0);
  for (const text of ['', '…', '42', '42["say"', '42["other"]', '40{"token":"x"}', TOKEN]) {
    assert.equal(findLast(items, text), -1, text);
  }
});
