import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptOf } from '../../site/tab/browser/upgrade.ts';
import { WebSocketClient } from '../../site/tab/browser/websocket.ts';
import type { HttpResponse } from '../../site/tab/wire.ts';
import { headerOf, rawConnection, wsConnection } from './memory.ts';
import { get, open } from './socket-pair.ts';

test('the key of the RFC gives the accept value of the RFC', () => {
  assert.equal(acceptOf('dGhlIHNhbXBsZSBub25jZQ=='), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('each handshake has a new key of 16 bytes, and offers no extensions', async () => {
  const keys = [];
  for (const _ of [1, 2]) {
    const { connection, asked } = rawConnection();
    new WebSocketClient(connection, get, {});
    const { key, request } = await asked;
    assert.equal(atob(key).length, 16);
    assert.equal(headerOf(request.headers, 'sec-websocket-extensions'), undefined);
    keys.push(key);
  }
  assert.notEqual(keys[0], keys[1]);
});

test('a close before the answer fails the connection', async () => {
  const { connection } = rawConnection();
  const { client, closed } = open(connection);
  client.close();
  const why = 'error: closed before the connection was open';
  assert.deepEqual(await closed, [why, [1006, '', false]]);
});

test('a refusal fails with its status, and whoever watches sees its body', async () => {
  const { connection, asked } = rawConnection();
  const answers: HttpResponse[] = [];
  const { closed, log } = open(connection, [], { answer: (answer) => answers.push(answer) });
  const { heard } = await asked;
  const say = (text: string) => heard.bytes(new TextEncoder().encode(text));
  say('HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nX-Why: no\r\n\r\nBad ');
  assert.deepEqual(log, []);
  say('day');
  const why = 'error: the handshake was answered with 403, not with 101';
  assert.deepEqual(await closed, [why, [1006, '', false]]);
  const [answer] = answers;
  assert.equal(`${answer?.status} ${answer?.statusText}`, '403 Forbidden');
  assert.equal(new TextDecoder().decode(answer?.body), 'Bad day');
});

const wrong: [title: string, answer: (key: string) => string, why: RegExp][] = [
  ['a wrong Accept', () => `Sec-WebSocket-Accept: ${acceptOf('x')}`, /does not match the key/],
  ['no Accept', () => 'X: y', /does not match the key/],
  [
    'an extension',
    (key) => `Sec-WebSocket-Accept: ${acceptOf(key)}\r\nSec-WebSocket-Extensions: x`,
    /extensions that nobody offered/,
  ],
  [
    'a subprotocol nobody asked for',
    (key) => `Sec-WebSocket-Accept: ${acceptOf(key)}\r\nSec-WebSocket-Protocol: x`,
    /nobody asked for the subprotocol/,
  ],
];
for (const [title, answer, why] of wrong) {
  test(`a 101 with ${title} opens nothing`, async () => {
    const { connection, asked } = rawConnection();
    const { closed } = open(connection);
    const { heard, key } = await asked;
    const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade';
    heard.bytes(new TextEncoder().encode(`${head}\r\n${answer(key)}\r\n\r\n`));
    assert.match(String((await closed)[0]), why);
  });
}

test('an answer that is no HTTP, and a connection that ends before one, fail', async () => {
  for (const garbage of ['SSH-2.0\r\n\r\n', '']) {
    const { connection, asked } = rawConnection();
    const { closed } = open(connection);
    const { heard } = await asked;
    heard.bytes(new TextEncoder().encode(garbage));
    heard.closed();
    assert.match(String((await closed)[0]), garbage ? /begins no HTTP/ : /ended before the answer/);
  }
});

test('a subprotocol that the server chose is the page’s, and none is a failure', async () => {
  const chosen = open(
    wsConnection(() => {}, { handleProtocols: () => 'b' }),
    ['a', 'b'],
  );
  await chosen.opened;
  assert.deepEqual(chosen.log, ['open b']);
  const none = open(
    wsConnection(() => {}, { handleProtocols: () => false }),
    ['a'],
  );
  assert.match(String((await none.closed)[0]), /chose none of the subprotocols/);
});
