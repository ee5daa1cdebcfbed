// How clients come back: what `auth` as a function must not do, and two hundred of them after a restart.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io as connect, type ManagerOptions, type Socket } from 'socket.io-client';
import { type Example, until } from '../support/example.ts';
import { no, once } from '../support/plain.ts';
import { expect, test } from '../support/test.ts';

/** Runs a client in a process of its own; gives how it ended. */
function run(program: string): Promise<{ code: unknown; stderr: string }> {
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  const args = ['--input-type=module', '-e', program];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, timeout: 20_000 }, (error, _stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

test('an auth function whose promise rejects sends no CONNECT, and ends a client in Node', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  let connects = 0;
  io.use((_socket, next) => {
    connects += 1;
    next();
  });
  const { code, stderr } = await run(`
    import { io } from 'socket.io-client';
    const fresh = () => Promise.reject(new Error('no token to be had'));
    io('${origin}', { auth: (done) => fresh().then((token) => done({ token })) });
    setTimeout(() => process.exit(0), 10_000);`);
  expect([code, connects]).toEqual([1, 0]);
  expect(stderr).toContain('no token to be had');
});

test('an async auth function that returns the token never connects', async ({ plainServer }) => {
  const { io, origin } = await plainServer({ connectTimeout: 300 });
  let opened = 0;
  let connects = 0;
  io.engine.on('connection', () => {
    opened += 1;
  });
  io.use((_socket, next) => {
    connects += 1;
    next();
  });
  const auth = (async () => ({ token: 'good' })) as unknown as (done: unknown) => void;
  const client = connect(origin, { auth, reconnectionDelay: 10, transports: ['websocket'] });
  const told: string[] = [];
  client.on('connect_error', ({ message }) => told.push(message));
  await until(() => opened >= 3, 5_000); // the server closes what sends no CONNECT, and it comes again
  expect([connects, client.connected, told]).toEqual([0, false, []]);
  client.close();
});

test('an auth function that catches calls back in any case, and the server says what is wrong', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((socket, next) => next(socket.handshake.auth['token'] ? undefined : no));
  const fresh = () => Promise.reject<string>(new Error('no token to be had'));
  const client = connect(origin, {
    auth: (done) =>
      void fresh().then(
        (token) => done({ token }),
        () => done({}),
      ),
  });
  const [error] = await once(client, 'connect_error');
  expect(error.data.code).toBe('TOKEN_MISSING');
});

test('from the fifth wait on the official client waits 5 s, and no longer by chance', async ({
  plainServer,
}) => {
  const { origin } = await plainServer();
  const waits = Array.from({ length: 50 }, () => {
    const client = connect(origin, { autoConnect: false, forceNew: true });
    const backoff: { duration(): number } = Reflect.get(client.io, 'backoff');
    return Array.from({ length: 6 }, () => backoff.duration());
  });
  for (const [first = 0, second = 0, third = 0, , fifth, sixth] of waits) {
    expect(first).toBeGreaterThanOrEqual(500);
    expect(first).toBeLessThanOrEqual(1_500);
    expect(second).toBeGreaterThanOrEqual(1_000);
    expect(third).toBeLessThanOrEqual(5_000);
    expect([fifth, sixth]).toEqual([5_000, 5_000]);
  }
  expect(new Set(waits.map(([first]) => first)).size).toBeGreaterThan(20);
});

/** The most of these times that fall into any fifth of a second. */
function busiest(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((t) => t >= from && t < from + 200).length));
}

interface Storm {
  /** From the ready line of the second server until all were in again. */
  ms: number;
  /** How many of the first attempts came in the busiest fifth of a second. */
  busiest: number;
  /** How many were in without a credential, before or after. */
  strangers: number;
}

/** 200 clients with a token and 20 without; the server is killed, and another starts on its port. */
async function storm(
  start: (args: string[]) => Promise<Example>,
  options: Partial<ManagerOptions> = {},
): Promise<Storm> {
  const example = await start(['--port', '0']);
  const open = (token?: string): Socket =>
    connect(example.origin, {
      ...{ auth: (done) => done({ token }), forceNew: true, transports: ['websocket'] },
      ...options,
    });
  const members = Array.from({ length: 200 }, () => open(example.sign({ sid: randomUUID() })));
  const outside = Array.from({ length: 20 }, (_, n) => open(n % 2 ? 'garbage' : undefined));
  let strangers = 0;
  for (const client of outside) client.on('connect', () => strangers++);
  const first: number[] = [];
  for (const client of members) {
    client.io.once('reconnect_attempt', () => first.push(performance.now()));
  }
  const allIn = () => members.every(({ connected }) => connected);
  await until(allIn, 15_000);
  await example.stop();
  const { port } = new URL(example.origin);
  await until(() => !members.some(({ connected }) => connected), 5_000);
  for (const client of outside) client.connect(); // refused before: nobody else would let it try again
  await start(['--port', port]);
  const ready = performance.now();
  await until(allIn, 15_000);
  const ms = performance.now() - ready;
  for (const client of [...members, ...outside]) client.close();
  return { ms, busiest: busiest(first), strangers };
}

test('200 clients are back within 5 s of a restart, spread over a second, and nobody without a token', async ({
  startExample,
}) => {
  const seen = await storm((args) => startExample('refresh-rotation', { args }));
  test.info().annotations.push({ type: 'measured', description: JSON.stringify(seen) });
  expect(seen.ms).toBeLessThan(5_000);
  expect(seen.busiest).toBeLessThan(100);
  expect(seen.strangers).toBe(0);
});

test('without a random part in their waits 200 clients are back in the same fifth of a second', async ({
  startExample,
}) => {
  const options = { randomizationFactor: 0 };
  const seen = await storm((args) => startExample('refresh-rotation', { args }), options);
  test.info().annotations.push({ type: 'measured', description: JSON.stringify(seen) });
  expect(seen.busiest).toBeGreaterThan(120);
});

test('the official client waits, then comes back with a token of that moment', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const seen: unknown[] = [];
  io.use((socket, next) => {
    seen.push(socket.handshake.auth['token']);
    next();
  });
  let asked = 0;
  const client = connect(origin, {
    auth: async (done) => {
      asked += 1;
      await wait(20); // as a refresh takes its time
      done({ token: `token ${asked}` });
    },
    reconnectionDelay: 10,
  });
  await once(client, 'connect');
  client.io.engine.close();
  await once(client, 'connect');
  expect(seen).toEqual(['token 1', 'token 2']);
  client.close();
});
