import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST } from '../../site/tab/browser/protocol.ts';
import { bytes, echo } from './frame.ts';
import { told } from './memory.ts';

test('WebSocket sends and hears text, bytes and Blobs in order', async (context) => {
  const { frame } = echo(context);
  const socket = new frame.WebSocket('/chat');
  socket.binaryType = 'arraybuffer';
  assert.equal(`${socket.url} ${socket.readyState}`, 'ws://localhost:3001/chat 0');
  assert.throws(() => socket.send('early'), { name: 'InvalidStateError' });
  const heard: unknown[] = [];
  await new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      heard.push(data);
      if (heard.length === 3) resolve();
    };
    socket.onopen = () => {
      socket.send(new Blob(['blob']));
      socket.send('text');
      socket.send(bytes('bytes'));
      assert.equal(socket.bufferedAmount, 13);
    };
  });
  assert.deepEqual(heard, [bytes('blob').buffer, 'text', bytes('bytes').buffer]);
  assert.equal(socket.bufferedAmount, 0);
  const end = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve));
  socket.close(4001, 'bye');
  assert.equal(socket.readyState, frame.WebSocket.CLOSING);
  const { code, reason, wasClean } = await end;
  assert.deepEqual([code, reason, wasClean, socket.readyState], [4001, 'bye', true, 3]);
});

test('WebSocket refuses what the standard refuses', (context) => {
  const { WebSocket: Socket } = echo(context).frame;
  assert.throws(() => new Socket('ws://localhost:3001/#x'), { name: 'SyntaxError' });
  assert.throws(() => new Socket('ftp://localhost/'), { name: 'SyntaxError' });
  assert.throws(() => new Socket('/', ['a', 'a']), { name: 'SyntaxError' });
  const socket = new Socket('http://localhost:3001/');
  assert.throws(() => socket.close(1001), { name: 'InvalidAccessError' });
  assert.throws(() => socket.close(3000, 'x'.repeat(124)), { name: 'SyntaxError' });
});

test('a WebSocket message over 1 MB ends its connection with 1009', async (context) => {
  context.mock.method(console, 'error', () => {});
  const { frame, events } = echo(context);
  const socket = new frame.WebSocket('/');
  await new Promise((resolve) => {
    socket.onopen = () => socket.send('x'.repeat(MOST + 1));
    socket.onclose = resolve;
  });
  assert.ok(told(events).includes('1 client closes 1009'));
});

test('when the frame goes, its sockets are closed with 1001', async (context) => {
  const { frame, events, stop } = echo(context);
  const socket = new frame.WebSocket('/');
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  stop();
  assert.ok(told(events).includes('1 client closes 1001'));
});
