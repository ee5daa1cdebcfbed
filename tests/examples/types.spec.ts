// What types do not do: what arrives at run time, whatever was declared.
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { type Socket as ClientSocket, io as connect } from 'socket.io-client';
import { until } from '../support/example.ts';
import { once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { trusting } from './types-trusting.ts';

test('a handler that trusts its type ends the process when null comes', async ({
  startExample,
}) => {
  const example = await startExample('auth-field', { variant: trusting });
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  await raw.send('42["say",null]');
  await until(() => !example.alive, 2_000);
  expect(example.errors.join('\n')).toContain(
    "Cannot destructure property 'text' of 'object null'",
  );
});

test('a handler that parses its payload answers, and goes on', async ({ startExample }) => {
  const example = await startExample('auth-field');
  const raw = await openWebSocket(example.origin);
  await raw.connect({ token: example.sign() });
  for (const payload of ['null', '{"text":7}', '[]', '"text"']) {
    await raw.send(`421["say",${payload}]`);
    expect(await raw.next('431')).toContain('BAD_PAYLOAD');
  }
  await raw.send('422["whoami"]');
  expect(await raw.next('432')).toContain('ann');
});

test('socket.data is an empty object until a middleware fills it, whatever its type says', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const seen: unknown[] = [];
  io.use((socket, next) => {
    seen.push({ ...socket.data });
    socket.data = { user: { id: 'u1' } };
    next();
  });
  io.on('connection', (socket) => seen.push(socket.data));
  await (await openWebSocket(origin)).connect();
  await until(() => seen.length === 2, 2_000);
  expect(seen).toEqual([{}, { user: { id: 'u1' } }]);
});

/** What a node with a client of its own says of all sockets, one of which is on another node. */
async function socketsOfBoth(...args: string[]): Promise<object[]> {
  const nodes = fork('tests/examples/types-nodes.ts', args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const origins: string[] = [];
  if (nodes.stdout)
    createInterface({ input: nodes.stdout }).on('line', (line) => origins.push(line));
  try {
    await until(() => origins.length === 2, 10_000);
    const [one = '', two = ''] = origins;
    const far = await openWebSocket(one);
    await far.connect();
    const near = await openWebSocket(two);
    await near.connect();
    await near.send('421["sockets"]');
    const [sockets] = JSON.parse((await near.next('431', 5_000))?.slice(3) ?? '[]');
    return sockets;
  } finally {
    nodes.kill('SIGKILL');
  }
}
const user = { name: 'ann' };
const data = { user, since: expect.any(String) }; // as the node has told it to the client

test('of a socket on another node one gets socket.data, as JSON, and nothing of socket.user', async () => {
  const sockets = await socketsOfBoth();
  expect(sockets).toHaveLength(2);
  expect(sockets).toContainEqual({ own: true, user, data, since: 'Date' });
  expect(sockets).toContainEqual({ own: false, user: 'undefined', data, since: 'string' });
});

test('where the nodes send each other more than JSON, a Date in socket.data stays a Date', async () => {
  const sockets = await socketsOfBoth('advanced');
  expect(sockets).toContainEqual({ own: false, user: 'undefined', data, since: 'Date' });
});

test('an answer of another shape than its type arrives as it was sent', async ({ plainServer }) => {
  type Sent = { whoami: (answer: (person: { name: string }) => void) => void };
  const { io, origin } = await plainServer();
  io.on('connection', (socket) => {
    socket.on('whoami', (answer) => answer({ error: { code: 'RATE_LIMITED' } }));
  });
  const socket: ClientSocket<Record<string, never>, Sent> = connect(origin, { forceNew: true });
  const { name } = await socket.emitWithAck('whoami'); // a string, says the compiler
  socket.disconnect();
  expect(name).toBeUndefined();
});

test('the data of a refusal is whatever the server gave, and nothing when nobody has answered', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((_socket, next) => next(Object.assign(new Error('no'), { data: 42 })));
  const refused = connect(origin, { forceNew: true, reconnection: false });
  const [answered] = await once(refused, 'connect_error');
  expect(answered.data).toBe(42);
  await io.close();
  const silent = connect(origin, { forceNew: true, reconnection: false });
  const [unanswered] = await once(silent, 'connect_error');
  expect(unanswered.data).toBeUndefined();
});

test('Node runs a file with type errors: it takes the types away, and checks none', () => {
  const folder = test.info().outputPath('wrong-types');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'wrong.ts');
  writeFileSync(file, "const port: number = 'three';\nconsole.log(port);\n");
  expect(execFileSync(process.execPath, [file], { encoding: 'utf8' })).toBe('three\n');
});
