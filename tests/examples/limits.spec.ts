// What one connection, one address and one user may cost: guesses, held connections, floods.
import { setTimeout as wait } from 'node:timers/promises';
import type { Server } from 'socket.io';
import { WebSocket } from 'ws';
import { crowd } from '../content/runs/limits.ts';
import { type Example, until, type Variant } from '../support/example.ts';
import { no, type Plain } from '../support/plain.ts';
import { openPolling, openWebSocket, type Raw } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const CODE = '7391';
const codes = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'));

/** Sends every code of four digits over one connection, and gives the first answer that lets in. */
async function tryAllCodes(raw: Raw): Promise<string | undefined> {
  await raw.send(...codes.map((code) => `40{"code":"${code}"}`));
  const answer = await raw.next('40', 10_000);
  raw.close();
  return answer;
}

test('a code of four digits in auth is found over one connection by a server that only refuses', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  let requests = 0;
  for (const event of ['request', 'upgrade']) io.httpServer.on(event, () => (requests += 1));
  let tried = 0;
  io.use(({ handshake }, next) => {
    tried += 1;
    handshake.auth.code === CODE ? next() : next(no);
  });
  expect(await tryAllCodes(await openWebSocket(origin))).toMatch(/^40\{"sid"/);
  expect([tried > 7_000, requests]).toEqual([true, 1]);
});

/** auth-field, with a code of four digits where the token was. */
const withCode: Variant = [
  [
    'readToken(handshake.auth.token)',
    `readToken(handshake.auth.code === '${CODE}' ? signToken('u1') : 'no')`,
  ],
];
const withoutDoor: Variant = [
  [
    'if (!door || door.shut || door.pending.has(nsp.name) || door.pending.size === 5) {',
    'if (!door) {',
  ],
  ['if (door.shut) setImmediate(() => shut(socket, code));', ''],
  ['++connects > 50', '++connects > 50_000'],
];

test('behind the door all codes of four digits can be sent, and none is found', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { variant: withCode });
  expect(await tryAllCodes(await openWebSocket(example.origin))).toBeUndefined();
  const open = await startExample('auth-field', { variant: [...withCode, ...withoutDoor] });
  expect(await tryAllCodes(await openWebSocket(open.origin))).toMatch(/^40\{"sid"/);
});

/** Guesses on one connection while it lasts, then on the next; gives the number of requests. */
async function guessTwenty(example: Example): Promise<number> {
  let raw: Raw | undefined;
  for (let n = 0; n < 20; n += 1) {
    if (!raw || raw.closed) raw = await openWebSocket(example.origin);
    await raw.connect({ token: `guess ${n}` });
    await raw.isClosed(50);
  }
  raw?.close();
  return ((await example.steer({ do: 'urls' })) as string[]).length;
}

test('where a refusal closes, each further guess is a request that a proxy sees', async ({
  startExample,
}) => {
  expect(await guessTwenty(await startExample('auth-field'))).toBe(20);
  expect(await guessTwenty(await startExample('auth-field', { variant: withoutDoor }))).toBe(1);
});

/** Opens so many connections at once; gives how many stay open. */
async function hold({ origin }: Plain, count: number, open = openWebSocket): Promise<number> {
  const tries = Array.from({ length: count }, () => open(origin).catch(() => undefined));
  const raws = (await Promise.all(tries)).filter((raw) => raw !== undefined);
  await wait(100); // time to be closed
  const left = raws.filter((raw) => !raw.closed).length;
  for (const raw of raws) raw.close();
  return left;
}

test('by itself Socket.IO does not count the connections of an address', async ({
  plainServer,
}) => {
  const plain = await plainServer();
  expect(await hold(plain, 200)).toBe(200);
});

/** A server with room for three connections of an address; `ms` is how long allowRequest takes. */
async function roomForThree(
  plainServer: (options: object) => Promise<Plain>,
  { ms = 0, count = crowd } = {},
): Promise<Plain> {
  let full: ReturnType<typeof crowd> = () => false;
  const plain = await plainServer({
    allowRequest: async (req: Parameters<typeof full>[0], answer: (...args: unknown[]) => void) => {
      if (full(req)) return answer('RATE_LIMITED', false);
      if (ms > 0) await wait(ms);
      answer(null, true);
    },
  });
  full = count(plain.io, 3);
  return plain;
}

test('with room for three, the fourth connection of an address is refused until one is closed', async ({
  plainServer,
}) => {
  const { io, origin } = await roomForThree(plainServer);
  for (const open of [openWebSocket, openPolling]) {
    const [first, ...others] = [await open(origin), await open(origin), await open(origin)];
    await expect(open(origin)).rejects.toThrow(/40[03]/);
    if (open === openWebSocket) {
      first?.close();
      await until(() => io.engine.clientsCount === 2, 2_000);
      others.push(await open(origin));
    }
    for (const raw of others) raw.close();
    io.disconnectSockets();
    io.engine.close();
    await until(() => io.engine.clientsCount === 0, 2_000);
  }
});

/** What `crowd` would be without its second look. */
function countOnly(io: Server, most: number): ReturnType<typeof crowd> {
  let open = 0;
  io.engine.on('connection', (conn) => {
    open += 1;
    conn.once('close', () => (open -= 1));
  });
  return () => open >= most;
}

test('where allowRequest awaits, a count asked before lets a crowd in, and a second look does not', async ({
  plainServer,
}) => {
  const slow = { ms: 50 };
  expect(await hold(await roomForThree(plainServer, slow), 10)).toBe(3);
  expect(await hold(await roomForThree(plainServer, { ...slow, count: countOnly }), 10)).toBe(10);
});

test('frames are compressed only where perMessageDeflate is switched on', async ({
  plainServer,
}) => {
  const offered: string[] = [];
  for (const options of [{}, { perMessageDeflate: true }]) {
    const { origin } = await plainServer(options);
    const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url); // offers compression, as browsers do
    await new Promise((resolve) => socket.once('open', resolve));
    offered.push(socket.extensions);
    socket.terminate();
  }
  expect(offered).toEqual(['', 'permessage-deflate']);
});
