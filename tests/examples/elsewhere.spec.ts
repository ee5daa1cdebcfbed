// Socket.IO where others answer HTTP: a framework on the same server, a transport that is no request, an old client.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { frameworkFirst, frameworkLast, guardEvents } from '../content/runs/elsewhere.ts';
import { until } from '../support/example.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { openSession } from '../support/webtransport.ts';

async function listen(http: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(http.address() as AddressInfo).port}`;
}

function close(http: HttpServer): void {
  http.closeAllConnections();
  http.close();
}

/** A process with a framework that knows no route, before or behind Socket.IO; it prints its port. */
const program = (order: string) => `
  import { ${order} } from '${new URL('../content/runs/elsewhere.ts', import.meta.url)}';
  const http = ${order}((_req, res) => void res.writeHead(404).end());
  http.listen(0, '127.0.0.1', () => console.log(String(http.address().port)));
`;

test('a framework that refuses every request refuses no handshake', async () => {
  const asked: (string | undefined)[] = [];
  const http = frameworkFirst(({ url }, res) => {
    asked.push(url);
    res.writeHead(401).end();
  });
  const origin = await listen(http);
  for (const open of [openWebSocket, openPolling]) {
    const raw = await open(origin);
    expect((await raw.connect()).kind).toBe('connected');
    raw.close();
  }
  expect((await fetch(`${origin}/me`)).status).toBe(401);
  expect(asked).toEqual(['/me']);
  close(http);
});

test('a request handler that is added after Socket.IO gets its requests as well', async () => {
  const asked: (string | undefined)[] = [];
  const http = frameworkLast(({ url }) => asked.push(url));
  const origin = await listen(http);
  const raw = await openPolling(origin);
  expect((await raw.connect()).kind).toBe('connected');
  raw.close();
  expect(asked[0]).toBe('/socket.io/?EIO=4&transport=polling');
  close(http);
});

/** The status of the second of two handshakes, or undefined where the process has ended. */
async function secondHandshake(order: 'frameworkFirst' | 'frameworkLast') {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(order)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [port] = await once(child.stdout, 'data');
  const url = `http://localhost:${String(port).trim()}/socket.io/?EIO=4&transport=polling`;
  const first = await fetch(url).catch(() => undefined);
  expect(first?.status).toBe(order === 'frameworkLast' ? 404 : 200); // it was there
  const again = await fetch(url).catch(() => undefined);
  child.kill('SIGKILL');
  return again?.status;
}

test('one handshake ends a process whose framework came after Socket.IO and answers 404', async () => {
  expect(await secondHandshake('frameworkLast')).toBe(undefined);
});

test('the same framework before Socket.IO hears nothing of a handshake', async () => {
  expect(await secondHandshake('frameworkFirst')).toBe(200);
});

test('with a check at each event a stranger connects, and hears every broadcast', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  guardEvents(io);
  const stranger = await openWebSocket(origin);
  expect((await stranger.connect()).kind).toBe('connected');
  await stranger.send('42["say","let me"]');
  const member = await openWebSocket(origin);
  await member.connect({ token: 'a good one' });
  await member.send('42["say","for members only"]');
  expect(await stranger.next('42')).toBe('42["said","for members only"]'); // and not its own
  for (const raw of [stranger, member]) raw.close();
});

test('a WebTransport session passes allowRequest by, and brings no header and no address', async ({
  plainServer,
}) => {
  let asked = 0;
  const { io } = await plainServer({
    transports: ['polling', 'websocket', 'webtransport'],
    allowRequest: (_req, answer) => {
      asked += 1;
      answer('no', false);
    },
  });
  const seen: unknown[] = [];
  io.use(({ handshake }, next) => {
    const { headers, address, query, auth } = handshake;
    seen.push({ headers, address, query, auth });
    next();
  });
  const session = await openSession(io);
  await session.send('0{"token":"mine"}');
  await until(() => session.heard.some((text) => text.startsWith('0{"sid"')), 2_000);
  expect(seen).toEqual([{ headers: {}, address: undefined, query: {}, auth: { token: 'mine' } }]);
  expect(asked).toBe(0);
});

test('a check in io.use refuses a WebTransport session without a token', async ({
  plainServer,
}) => {
  const { io } = await plainServer({ transports: ['webtransport'] });
  io.use(({ handshake }, next) => {
    next(handshake.auth.token === 'mine' ? undefined : new Error('unauthorized'));
  });
  const session = await openSession(io);
  await session.send('0');
  await until(() => session.heard.includes('4{"message":"unauthorized"}'), 2_000);
});

test('one middleware of io.engine.use closes every WebTransport session', async ({
  plainServer,
}) => {
  const { io } = await plainServer({ transports: ['polling', 'webtransport'] });
  io.engine.use((_req: unknown, _res: unknown, next: () => void) => next());
  const session = await openSession(io);
  await until(() => session.closed(), 2_000);
  expect(session.heard).toEqual([]);
});
