// What `allowEIO3: true` lets in: clients of Socket.IO 2, which speak the engine's third protocol.
import type { Server } from 'socket.io';
import { WebSocket } from 'ws';
import { until } from '../support/example.ts';
import { openPolling } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** A client of the third protocol over WebSocket; gives the frames that it hears. */
async function openOld(origin: string, query = '', headers = {}) {
  const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=3&transport=websocket${query}`;
  const socket = new WebSocket(url, { headers });
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return { heard, send: (frame: string) => socket.send(frame), close: () => socket.terminate() };
}

/** What each CONNECT to the main namespace, or to `/admin`, brings along. */
function watch(io: Server): unknown[] {
  const seen: unknown[] = [];
  for (const name of ['/', '/admin']) {
    io.of(name).use(({ handshake }, next) => {
      const { auth, query } = handshake;
      seen.push({ name, auth, token: query['token'] });
      next();
    });
  }
  return seen;
}

test('without allowEIO3 a client of the third protocol is refused', async ({ plainServer }) => {
  const { origin } = await plainServer();
  const response = await fetch(`${origin}/socket.io/?EIO=3&transport=polling`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ code: 5, message: 'Unsupported protocol version' });
});

test('a client of the third protocol is in the main namespace without CONNECT, and its auth is empty', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ allowEIO3: true });
  const seen = watch(io);
  const old = await openOld(origin, '&token=mine');
  await until(() => old.heard.length > 1, 2_000);
  expect(old.heard[1]).toBe('40');
  expect(seen).toEqual([{ name: '/', auth: {}, token: 'mine' }]);
  old.close();
});

test('in another namespace its auth is what it writes behind the name', async ({ plainServer }) => {
  const { io, origin } = await plainServer({ allowEIO3: true });
  const seen = watch(io);
  const old = await openOld(origin);
  old.send('40/admin?token=mine');
  await until(() => seen.length === 2, 2_000);
  expect(seen[1]).toEqual({ name: '/admin', auth: { token: 'mine' }, token: undefined });
  old.close();
});

test('a refusal reaches a client of the third protocol as its data alone', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ allowEIO3: true });
  const no = Object.assign(new Error('unauthorized'), { data: { code: 'TOKEN_MISSING' } });
  io.use((_socket, next) => next(no));
  const old = await openOld(origin);
  await until(() => old.heard.length > 1, 2_000);
  expect(old.heard[1]).toBe('44{"code":"TOKEN_MISSING"}');
  old.close();
});

test('a server that takes tokens from auth alone lets no client of the third protocol in', async ({
  startExample,
}) => {
  const variant = [
    ['connectTimeout: 10_000,', 'connectTimeout: 10_000, allowEIO3: true,'],
  ] as const;
  const example = await startExample('auth-field', { variant });
  const old = await openOld(example.origin, `&token=${example.sign()}`);
  await until(() => old.heard.length > 1, 2_000);
  expect(old.heard[1]).toContain('"code":"TOKEN_MISSING"');
  old.close();
});

/** Speaks for somebody whose socket.id is known, by the protocol of that somebody. */
async function impersonate(io: Server, origin: string, revision: 3 | 4): Promise<string[]> {
  const said: string[] = [];
  io.on('connection', (socket) => socket.on('say', (text) => said.push(text)));
  const id = new Promise<string>((resolve) => io.on('connection', (socket) => resolve(socket.id)));
  if (revision === 4) await (await openPolling(origin)).connect();
  else await fetch(`${origin}/socket.io/?EIO=3&transport=polling`);
  const url = `${origin}/socket.io/?EIO=${revision}&transport=polling&sid=${await id}`;
  const packet = '42["say","not Ann"]';
  const body = revision === 3 ? `${packet.length}:${packet}` : packet;
  const headers = { 'Content-Type': 'text/plain;charset=UTF-8' };
  const { status } = await fetch(url, { method: 'POST', headers, body });
  if (status === 200) await until(() => said.length > 0, 2_000);
  return said;
}

test('who learns the socket.id of a client of the third protocol speaks for it', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ allowEIO3: true });
  expect(await impersonate(io, origin, 3)).toEqual(['not Ann']);
});

test('who learns the socket.id of a client of the fourth protocol has nothing', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ allowEIO3: true });
  expect(await impersonate(io, origin, 4)).toEqual([]);
});
