// The five places where a server can look at a connection: their order, what each sees, and a throw.

import { execFile } from 'node:child_process';
import type { IncomingMessage } from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { io as connect } from 'socket.io-client';
import { until } from '../support/example.ts';
import { no, once } from '../support/plain.ts';
import { openWebSocket, type Refused } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

type EngineRequest = IncomingMessage & { _query: Record<string, string> };
type Next = (error?: Error) => void;

test('a connection passes io.engine.use, allowRequest, io.use, connection and socket.use, in this order', async ({
  plainServer,
}) => {
  const passed: string[] = [];
  const { io, origin } = await plainServer({
    allowRequest: (_req, answer) => {
      passed.push('allowRequest');
      answer(null, true);
    },
  });
  io.engine.use((_req: unknown, _res: unknown, next: Next) => {
    passed.push('io.engine.use');
    next();
  });
  io.use((_socket, next) => {
    passed.push('io.use');
    next();
  });
  io.on('connection', (socket) => {
    passed.push('connection');
    socket.use((_event, next) => {
      passed.push('socket.use');
      next();
    });
    socket.on('whoami', (answer) => answer(null));
  });
  const raw = await openWebSocket(origin);
  expect(passed).toEqual(['io.engine.use', 'allowRequest']);
  await raw.connect();
  expect(passed.slice(2)).toEqual(['io.use', 'connection']);
  await raw.send('421["whoami"]');
  await raw.next('431');
  expect(passed.slice(4)).toEqual(['socket.use']);
  raw.close();
});

test('cookies are seen from the first place on, auth from io.use on, the user from connection on', async ({
  plainServer,
}) => {
  const seen: unknown[] = [];
  const look = (cookie?: string, auth?: unknown, user?: unknown) =>
    seen.push({ cookie, auth, user });
  const { io, origin } = await plainServer({
    allowRequest: (req, answer) => {
      look(req.headers.cookie);
      answer(null, true);
    },
  });
  io.engine.use((req: IncomingMessage, _res: unknown, next: Next) => {
    look(req.headers.cookie);
    next();
  });
  io.use(({ handshake, data }, next) => {
    look(handshake.headers.cookie, handshake.auth, data.user);
    data.user = 'ann';
    next();
  });
  io.on('connection', ({ handshake, data }) => {
    look(handshake.headers.cookie, handshake.auth, data.user);
  });
  const raw = await openWebSocket(origin, { Cookie: 'a=1' });
  expect(seen).toHaveLength(2); // both before CONNECT, and `auth` comes with CONNECT
  await raw.connect({ token: 't' });
  const auth = { token: 't' };
  expect(seen).toEqual([
    { cookie: 'a=1' },
    { cookie: 'a=1' },
    { cookie: 'a=1', auth },
    { cookie: 'a=1', auth, user: 'ann' },
  ]);
  raw.close();
});

test('a connect that upgrades takes at least four requests: io.engine.use runs for each, allowRequest for the first', async ({
  plainServer,
}) => {
  const allowed: string[] = [];
  const passed: string[] = [];
  const requested: string[] = [];
  const { io, origin } = await plainServer({
    allowRequest: (req, answer) => {
      allowed.push(req.url ?? '');
      answer(null, true);
    },
  });
  io.engine.use((req: EngineRequest, _res: unknown, next: Next) => {
    passed.push(`${req.method} ${req._query.transport}${req._query.sid ? ', sid' : ''}`);
    next();
  });
  for (const event of ['request', 'upgrade']) {
    io.httpServer.on(event, (req: IncomingMessage) => requested.push(req.url ?? ''));
  }
  const client = connect(origin);
  await once(client, 'connect');
  await until(() => client.io.engine.transport.name === 'websocket', 5_000);
  expect(passed[0]).toBe('GET polling');
  expect([...new Set(passed)].sort()).toEqual([
    'GET polling',
    'GET polling, sid',
    'GET websocket, sid',
    'POST polling, sid',
  ]);
  expect(passed.length).toBe(requested.length);
  expect(allowed).toEqual([requested[0]]);
  client.close();
});

test('a request with an empty sid opens a connection', async ({ plainServer }) => {
  let allowed = 0;
  const { origin } = await plainServer({
    allowRequest: (_req, answer) => {
      allowed += 1;
      answer(null, true);
    },
  });
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling&sid=`);
  expect(await response.text()).toMatch(/^0\{"sid":"[\w-]{20}"/);
  expect(allowed).toBe(1);
});

test('a second CONNECT on one connection passes io.use again, and allowRequest does not hear of it', async ({
  plainServer,
}) => {
  const passed: string[] = [];
  const { io, origin } = await plainServer({
    allowRequest: (_req, answer) => {
      passed.push('allowRequest');
      answer(null, true);
    },
  });
  io.use((_socket, next) => {
    passed.push('io.use');
    next();
  });
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.send('41');
  await until(() => io.of('/').sockets.size === 0, 2_000);
  await raw.connect();
  expect(passed).toEqual(['allowRequest', 'io.use', 'io.use']);
  raw.close();
});

test('a refusal by allowRequest is 403 on polling, 400 on WebSocket, with the reason as text', async ({
  plainServer,
}) => {
  const { origin } = await plainServer({
    allowRequest: (_req, answer) => answer('not from there', false),
  });
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  expect([response.status, await response.json()]).toEqual([
    403,
    { code: 4, message: 'not from there' },
  ]);
  const refused: Refused = await openWebSocket(origin).catch((error) => error);
  expect(refused.status).toBe(400);
});

test('an error given to next in io.engine.use is 400, and its message stays on the server', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.engine.use((_req: unknown, _res: unknown, next: Next) => next(no));
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  expect([response.status, await response.text()]).toEqual([
    400,
    '{"code":3,"message":"Bad request"}',
  ]);
  const refused: Refused = await openWebSocket(origin).catch((error) => error);
  expect(refused.status).toBe(400);
  const client = connect(origin);
  const [error] = await once(client, 'connect_error');
  expect([error.message, error.description, client.active]).toEqual(['xhr poll error', 400, true]);
  client.close();
});

const places = {
  allowRequest: 'new Server(http, { allowRequest: fail });',
  'io.engine.use': 'new Server(http).engine.use(fail);',
  'io.use': 'new Server(http).use(fail);',
  connection: "new Server(http).on('connection', fail);",
  'socket.use': "new Server(http).on('connection', (socket) => { socket.use(fail); });",
};

/** Which places end the process when a function there does `fail`, with one client at the door. */
async function endedBy(fail: string): Promise<string[]> {
  const ends = Object.entries(places).map(([place, server]) => {
    const program = `
      import { createServer } from 'node:http';
      import { Server } from 'socket.io';
      import { io as connect } from 'socket.io-client';
      const fail = ${fail};
      const http = createServer();
      ${server}
      http.listen(0, '127.0.0.1', () => {
        connect('http://127.0.0.1:' + http.address().port).emit('say');
      });`;
    const options = { cwd: fileURLToPath(new URL('../../', import.meta.url)), timeout: 20_000 };
    return new Promise<string[]>((resolve) => {
      const args = ['--input-type=module', '-e', program];
      execFile(process.execPath, args, options, (error, _stdout, stderr) => {
        resolve(error?.code === 1 && stderr.includes('Error: no such user') ? [place] : []);
      });
    });
  });
  return (await Promise.all(ends)).flat();
}

test('a throw in any of the five places ends the process', async () => {
  expect(await endedBy("() => { throw new Error('no such user'); }")).toEqual(Object.keys(places));
});

test('an async function that throws, in any of the five places, ends the process', async () => {
  const fail = "async () => { throw new Error('no such user'); }";
  expect(await endedBy(fail)).toEqual(Object.keys(places));
});
