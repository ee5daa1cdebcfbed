// The unmodified Socket.IO client in a frame, against the real server on a real port.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import vm from 'node:vm';
import { Server as SocketServer } from 'socket.io';
import type { Header, Server } from '../../site/tab/wire.ts';
import { bytes, openFrame, PAGE } from './frame.ts';
import { told } from './memory.ts';

/** A server of the network, behind any port of the virtual browser. */
function behind(port: number): Server {
  return {
    connect: () => {
      let socket: ReturnType<typeof connect> | undefined;
      let sent: ReturnType<typeof httpRequest> | undefined;
      return {
        request: ({ method, target, headers, body }) =>
          new Promise((resolve, reject) => {
            const fields = Object.fromEntries(headers);
            sent = httpRequest(
              { port, method, path: target, headers: fields, agent: false },
              async (answer) => {
                const raw = answer.rawHeaders;
                const pairs = raw.flatMap((name, i): Header[] =>
                  i % 2 ? [] : [[name, raw[i + 1] ?? '']],
                );
                const body = new Uint8Array(Buffer.concat(await answer.toArray()));
                const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
                resolve({ status, statusText, headers: pairs, body });
              },
            );
            sent.on('error', reject);
            sent.end(body);
          }),
        upgrade({ method, target, headers }, { bytes: hear, closed }) {
          socket = connect(port);
          socket.on('data', (chunk) => hear(new Uint8Array(chunk)));
          socket.on('close', closed);
          socket.on('error', () => {});
          const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
          socket.write(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`);
        },
        write: (chunk) => void socket?.write(chunk),
        close() {
          socket?.destroy();
          sent?.destroy();
        },
      };
    },
  };
}

/** What of a browser's FileReader the client needs to send bytes over polling. */
class FileReader {
  result = '';
  onload: (() => void) | null = null;

  async readAsDataURL(blob: Blob): Promise<void> {
    this.result = `data:;base64,${Buffer.from(await blob.arrayBuffer()).toString('base64')}`;
    this.onload?.();
  }
}

interface Engine {
  readyState: string;
  once(event: 'close', then: (why: unknown) => void): void;
}

/** Leaves, and waits for the engine to be closed: without its frame it would never hear of its end. */
async function left(socket: { disconnect(): void; io: { engine: Engine } }): Promise<void> {
  const { engine } = socket.io;
  const closed = new Promise((resolve) => engine.once('close', resolve));
  socket.disconnect();
  if (engine.readyState !== 'closed') await closed;
}

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  test(`the real Socket.IO client speaks to the real server over ${transports.join(', then ')}`, async (context) => {
    const http = createServer();
    const io = new SocketServer(http, { cookie: { name: 'io', httpOnly: true } });
    io.use((socket, next) =>
      next(socket.handshake.auth['token'] === 'good' ? undefined : new Error('no')),
    );
    io.on('connection', (socket) => socket.on('echo', (data, reply) => reply(data)));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    context.after(() => io.close());
    const { frame, events } = openFrame(context, behind((http.address() as AddressInfo).port));
    const path = createRequire(import.meta.url).resolve('socket.io-client/dist/socket.io.js');
    const location = new URL(`${PAGE}/chat/`);
    const scope = vm.createContext({ location, console, FileReader, Blob });
    // Of this realm, so that what the client makes is an instance of what the page's end checks for.
    const names = [
      'setTimeout',
      'clearTimeout',
      'TextEncoder',
      'TextDecoder',
      'ArrayBuffer',
      'Uint8Array',
    ];
    for (const name of names) scope[name] = Reflect.get(globalThis, name);
    Object.defineProperties(scope, Object.getOwnPropertyDescriptors(frame));
    vm.runInContext(`var self = globalThis; ${readFileSync(path, 'utf8')}`, scope);
    const connectWith = (token: string) =>
      scope['io'](PAGE, { transports, auth: { token }, forceNew: true, reconnection: false });
    const refused = connectWith('bad');
    const { message } = await new Promise<Error>((resolve) => refused.on('connect_error', resolve));
    assert.equal(message, 'no');
    await left(refused);
    const socket = connectWith('good');
    await new Promise((resolve) => socket.on('connect', resolve));
    if (transports.length > 1) {
      await new Promise((resolve) => socket.io.engine.once('upgrade', resolve));
    }
    const reply = await socket
      .timeout(5000)
      .emitWithAck('echo', { text: 'grüße', data: bytes('x') });
    assert.equal(reply.text, 'grüße');
    assert.equal(new TextDecoder().decode(reply.data), 'x');
    assert.equal(socket.io.engine.transport.name, transports.at(-1));
    const [served] = await io.fetchSockets();
    const disconnected = new Promise((resolve) => {
      io.sockets.sockets.get(served?.id ?? '')?.once('disconnect', resolve);
    });
    await left(socket);
    assert.match(String(await disconnected), /client namespace disconnect|transport close/);
    assert.deepEqual(
      told(events).filter((line) => line.includes('blocked')),
      [],
    );
  });
}
