// Engine.IO and Socket.IO packets on the wire, read by the packages' own parsers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePayload } from 'engine.io-parser';
import { Encoder, PacketType } from 'socket.io-parser';
import { WireReader } from '../../site/playground/wire/decode.ts';
import { readBody, readMessage } from '../../site/playground/wire/packets.ts';
import { textOf } from '../../site/playground/wire/text.ts';
import { pretty } from '../../site/playground/wire/words.ts';
import type { WireEvent } from '../../site/tab/wire.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1MSJ9.dYw-OpuoDeVtpK2K5z';

const said = (text: string): WireEvent => ({
  ...{ at: 0, browser: 'ann', exchange: 1 },
  ...{ kind: 'message', from: 'client', text },
});
const nameOf = (text: string) => readMessage(text).name;

test('each Engine.IO packet has its name', () => {
  const texts = ['0{"sid":"x"}', '1', '2', '3', '5', '6', '2probe', '3probe'];
  const names = ['OPEN', 'CLOSE', 'PING', 'PONG', 'UPGRADE', 'NOOP', 'PING probe', 'PONG probe'];
  assert.deepEqual(texts.map(nameOf), names);
});

test('each Socket.IO packet has its name, namespace, ack id and event', () => {
  const named = {
    '40': 'CONNECT /',
    [`40{"token":"${TOKEN}"}`]: 'CONNECT /',
    '40/admin,{"sid":"oSO0OpakMV_3jnilAAAA"}': 'CONNECT /admin',
    '41': 'DISCONNECT /',
    '42["said",{"text":"hello"}]': 'EVENT said',
    '42/admin,12["say",{"text":"hello"}]': 'EVENT say, /admin, ack 12',
    '431[{"ok":true}]': 'ACK 1',
    '43/admin,12[]': 'ACK 12, /admin',
    '44{"message":"unauthorized","data":{"code":"TOKEN_MISSING"}}': 'CONNECT_ERROR /',
    '451-["photo",{"_placeholder":true,"num":0}]': 'BINARY_EVENT photo',
    '461-3[{"_placeholder":true,"num":0}]': 'BINARY_ACK 3',
  };
  for (const [text, name] of Object.entries(named)) assert.equal(nameOf(text), name);
  const { socket, namespace, ackId, event, data } = readMessage('42/admin,12["say",{"a":1},2]');
  assert.deepEqual(
    [socket, namespace, ackId, event, data],
    ['EVENT', '/admin', 12, 'say', [{ a: 1 }, 2]],
  );
});

test('whatever the encoder writes is read back', () => {
  for (const nsp of ['/', '/admin', '/a b']) {
    for (const type of [PacketType.EVENT, PacketType.ACK]) {
      const [text] = new Encoder().encode({ type, nsp, id: 7, data: ['said', { text: '\x1e…"' }] });
      const packet = readMessage(`4${text}`);
      assert.equal(packet.fault, undefined);
      assert.deepEqual([packet.namespace, packet.ackId], [nsp, 7]);
    }
  }
});

test('a binary packet shows its placeholders as they were sent', () => {
  const { data } = readMessage(
    '452-["two",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
  );
  assert.equal(
    JSON.stringify(data),
    '[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
  );
});

test('a polling body is read packet by packet, each with its own raw text', () => {
  let body = '';
  const packets = ['40{"sid":"x"}', '42["said","a"]'].map((text) => text.slice(1));
  encodePayload(
    [
      ...packets.map((data) => ({ type: 'message' as const, data })),
      { type: 'message' as const, data: Buffer.from('abc') },
      { type: 'ping' as const },
    ],
    (payload) => {
      body = payload;
    },
  );
  const read = readBody(body);
  assert.deepEqual(
    read.map(({ raw }) => raw),
    ['40{"sid":"x"}', '42["said","a"]', 'bYWJj', '2'],
  );
  assert.deepEqual(
    read.map(({ name }) => name),
    ['CONNECT /', 'EVENT said', 'binary attachment, 3 bytes', 'PING'],
  );
});

test('malformed packets never throw, say what they are not, and keep their text', () => {
  const texts = [
    ...[
      '',
      ' ',
      '9',
      'hello',
      '{"a":1}',
      '<html>',
      '4',
      '47',
      '4x',
      '42{',
      '42{}',
      '42["connect"]',
    ],
    ...['42[{}]', '43{}', '40[]', '41{"a":1}', '44', '45', '45-["a"]', '4599-["a"]', '451', '4-1'],
    ...['42["a"', '42/', '451-["a",{"_placeholder":true,"num":9}]', '\u0000', '\ud800', '40"x"'],
    `42["a",${'['.repeat(40_000)}${']'.repeat(40_000)}]`,
    `452-["a",${'['.repeat(40_000)}${']'.repeat(40_000)}]`,
    `42${'9'.repeat(400)}["a"]`,
  ];
  for (const text of texts) {
    const item = new WireReader().read(said(text));
    assert.deepEqual(item.raw, [text]);
    assert.ok(item.name, JSON.stringify(text.slice(0, 40)));
    if (item.packets[0]?.fault) assert.match(item.name, /not a Socket\.IO packet/);
    assert.ok(textOf(item).includes(text));
    assert.ok(pretty(item.packets[0]?.data).length < 1_000_000);
  }
  for (const text of ['', '9', 'hello', '42{', '42["connect"]', '4599-["a"]', '40[]']) {
    assert.ok(readMessage(text).fault, text);
  }
});

test('like the parser, a polling body is not read beyond its first fault', () => {
  const [first, second, third] = readBody('42["a"]\x1eoops\x1e42["b"]');
  assert.equal(first?.name, 'EVENT a');
  assert.equal(second?.name, 'not a Socket.IO packet');
  assert.match(third?.fault ?? '', /stops at the fault before/);
});

test('a text that was cut for showing is not blamed', () => {
  const packet = readMessage(`42["said","${'x'.repeat(50)}… (200000 bytes)`);
  assert.equal(packet.name, 'MESSAGE, a long text');
  assert.match(packet.fault ?? '', /cut here/);
});
