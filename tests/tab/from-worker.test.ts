import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFromWorker } from '../../site/tab/from-worker.ts';

const body = new Uint8Array([1, 2]);
const response = { status: 200, statusText: 'OK', headers: [['A', 'b']], body };

test('what a worker sends is taken as it is', () => {
  for (const message of [
    { type: 'pong' },
    { type: 'listening', port: 3001 },
    { type: 'output', stream: 'stderr', text: 'x' },
    { type: 'exit', code: 1 },
    { type: 'ipc', message: { any: ['thing'] } },
    { type: 'data', id: 1, bytes: body },
    { type: 'closed', id: 1 },
    { type: 'refused', id: 1 },
    { type: 'response', id: 1, response },
  ])
    assert.deepEqual(readFromWorker(message), message);
});

test('what is no message of a worker is dropped', () => {
  for (const message of [
    ...[undefined, null, 'pong', 7, [], {}, { type: 'else' }],
    ...[
      { type: 'listening', port: '3001' },
      { type: 'listening', port: 70_000 },
    ],
    ...[
      { type: 'output', stream: 'html', text: 'x' },
      { type: 'output', stream: 'stdout', text: {} },
    ],
    ...[
      { type: 'closed' },
      { type: 'closed', id: '__proto__' },
      { type: 'data', id: -1, bytes: body },
    ],
  ])
    assert.equal(readFromWorker(message), undefined, JSON.stringify(message));
});

test('a response that is none closes its connection, so that nobody waits for it', () => {
  for (const wrong of [
    { ...response, status: '200' },
    { ...response, status: 99 },
    { ...response, statusText: 'OK\r\nSet-Cookie: a=b' },
    { ...response, headers: [['A', 'b\r\nSet-Cookie: a=b']] },
    { ...response, headers: { A: 'b' } },
    { ...response, body: 'text' },
    undefined,
  ]) {
    const read = readFromWorker({ type: 'response', id: 4, response: wrong });
    assert.deepEqual(read, { type: 'closed', id: 4 });
  }
  assert.deepEqual(readFromWorker({ type: 'data', id: 4, bytes: 'text' }), {
    type: 'closed',
    id: 4,
  });
});

test('fields that a worker adds to a message do not come through', () => {
  const message = { type: 'listening', port: 3001, html: '<b>' };
  assert.deepEqual(readFromWorker(message), { type: 'listening', port: 3001 });
});
