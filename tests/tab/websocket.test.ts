import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptance, rawConnection } from './memory.ts';
import { open, pair, raw } from './socket-pair.ts';

for (const size of [0, 125, 126, 65_535, 65_536, 200_000]) {
  test(`a text and bytes of ${size} arrive in both directions`, async () => {
    const { client, server, next, log, closed } = await pair();
    const text = 'x'.repeat(size);
    const bytes = new Uint8Array(size).fill(7);
    let heard = next();
    client.send(text);
    assert.deepEqual(await heard, [Buffer.from(text), false]);
    heard = next();
    client.send(bytes);
    assert.deepEqual(await heard, [Buffer.from(bytes), true]);
    server.send(text);
    server.send(bytes);
    server.close(1000);
    await closed;
    assert.deepEqual(log.slice(1, 3), [text, bytes]);
  });
}

test('a message in fragments is one message, with a ping between them', async () => {
  const { server, log, closed } = await pair();
  const pong = new Promise((resolve) => server.once('pong', (data) => resolve(String(data))));
  server.send('grü', { fin: false });
  server.ping('between');
  server.send('ße', { fin: true });
  assert.equal(await pong, 'between');
  server.close();
  await closed;
  assert.equal(log[1], 'grüße');
});

test('a character that is cut between two fragments is whole, and one cut at the end is an error', async () => {
  const { say, log, read } = await raw();
  say(0x01, 1, 0xc3, 0x80, 1, 0xbc);
  assert.equal(log[1], 'ü');
  say(0x81, 1, 0xc3);
  assert.deepEqual(log.slice(2), ['error: a text is not UTF-8', [1006, '', false]]);
  assert.deepEqual(read().slice(0, 3), [0x88, 1007 >> 8, 1007 & 0xff]);
});

test('frames that come byte by byte, or many in one chunk, are the same messages', async () => {
  const { say, log } = await raw();
  for (const byte of [0x81, 2, 104, 105, 0x82, 0]) say(byte);
  say(0x81, 1, 97, 0x81, 1, 98);
  assert.deepEqual(log.slice(1), ['hi', new Uint8Array(), 'a', 'b']);
});

test('frames that come with the head of the answer are heard after it', async () => {
  const { connection, asked } = rawConnection();
  const { log } = open(connection);
  const { heard, key } = await asked;
  const head = acceptance(key);
  heard.bytes(head.slice(0, 20));
  assert.deepEqual(log, []);
  heard.bytes(Uint8Array.from([...head.slice(20), 0x81, 1, 97]));
  assert.deepEqual(log, ['open', 'a']);
});

test('what a client sends is masked, with a new mask each time', async () => {
  const { client, written, read } = await raw();
  client.send('hello');
  client.send('hello');
  const [one, two] = written;
  assert.equal((one?.[1] ?? 0) & 0x80, 0x80);
  assert.notDeepEqual(one, two);
  assert.equal(String.fromCharCode(...(read().slice(1) as number[])), 'hello');
});

const breaches: [title: string, bytes: number[], code: number][] = [
  ['masks a frame', [0x81, 0x81, 1, 2, 3, 4, 5], 1002],
  ['sets a reserved bit', [0xc1, 0], 1002],
  ['uses an unknown opcode', [0x83, 0], 1002],
  ['sends a control frame that is too long', [0x89, 126, 0, 126], 1002],
  ['fragments a control frame', [0x09, 0], 1002],
  ['continues no message', [0x80, 0], 1002],
  ['begins a message within another', [0x01, 0, 0x81, 0], 1002],
  ['closes with a code that may not travel', [0x88, 2, 1005 >> 8, 1005 & 0xff], 1002],
  ['closes with half a code', [0x88, 1, 3], 1002],
  ['closes with a reason that is not UTF-8', [0x88, 3, 3, 0xe8, 0xff], 1007],
  ['announces a frame of many gigabytes', [0x82, 127, 0, 0, 0, 9, 0, 0, 0, 0], 1009],
];
for (const [title, bytes, code] of breaches) {
  test(`a server that ${title} is closed with ${code}, and the page hears 1006`, async () => {
    const { say, log, read, connection } = await raw();
    say(...bytes);
    assert.deepEqual(read().slice(0, 3), [0x88, code >> 8, code & 0xff]);
    assert.match(String(log[1]), /^error: /);
    assert.deepEqual(log[2], [1006, '', false]);
    assert.ok(connection.ended);
  });
}

test('a close by the page reaches the server with its code and reason, and comes back', async () => {
  const { client, server, closed } = await pair();
  const heard = new Promise((resolve) =>
    server.once('close', (code, reason) => resolve([code, String(reason)])),
  );
  client.close(4001, 'signed out');
  client.send('too late');
  assert.deepEqual(await heard, [4001, 'signed out']);
  assert.deepEqual((await closed).at(-1), [4001, 'signed out', true]);
});

test('a close without a code is 1005 on both sides', async () => {
  const { client, server, closed } = await pair();
  const heard = new Promise((resolve) => server.once('close', resolve));
  client.close();
  assert.equal(await heard, 1005);
  assert.deepEqual((await closed).at(-1), [1005, '', true]);
});

test('a close by the server is answered, and reaches the page with its code and reason', async () => {
  const { server, closed } = await pair();
  const heard = new Promise((resolve) => server.once('close', resolve));
  server.close(1013, 'try later');
  assert.deepEqual((await closed).at(-1), [1013, 'try later', true]);
  assert.equal(await heard, 1013);
});

test('a connection that is lost is 1006, without an error', async () => {
  const { server, closed } = await pair();
  server.terminate();
  assert.deepEqual(await closed, ['open', [1006, '', false]]);
});

test('a server that never ends the connection is left after 2 seconds', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { say, log, connection } = await raw();
  say(0x88, 2, 3, 0xe8);
  context.mock.timers.tick(1999);
  assert.equal(connection.ended, false);
  context.mock.timers.tick(1);
  assert.equal(connection.ended, true);
  assert.deepEqual(log.at(-1), [1000, '', true]);
});

test('a server that never answers a close is left after 10 seconds, with 1006', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { client, log } = await raw();
  client.close(1000);
  context.mock.timers.tick(9999);
  assert.equal(log.length, 1);
  context.mock.timers.tick(1);
  assert.deepEqual(log.at(-1), [1006, '', false]);
});

test('whoever watches sees messages and closes of both sides, in order', async () => {
  const seen: unknown[] = [];
  const { client, server, next, closed } = await pair({
    message: (from, data) => seen.push([from, data]),
    close: (from, ...how) => seen.push([from, ...how]),
  });
  const heard = next();
  client.send('hi');
  await heard;
  server.send('hello');
  server.close(1000, 'bye');
  await closed;
  assert.deepEqual(seen, [
    ['client', 'hi'],
    ['server', 'hello'],
    ['server', 1000, 'bye'],
    ['client', 1000, ''],
  ]);
});
