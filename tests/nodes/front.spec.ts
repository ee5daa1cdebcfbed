// Several nodes of one machine behind one port: what sticky sessions are for, and what the front sees to.
import { connect } from 'node:net';
import { io } from 'socket.io-client';
import { until } from '../support/example.ts';
import { enter, expect, logOut, say, signIn, test } from '../support/nodes.ts';
import { once } from '../support/plain.ts';
import { answerTo, openPolling, openWebSocket } from '../support/raw.ts';

test('polling that reaches another node is answered 400, Session ID unknown', async ({
  plainServer,
}) => {
  const [here, there] = [await plainServer(), await plainServer()];
  const raw = await openPolling(here.origin);
  const poll = await fetch(`${there.origin}/socket.io/?EIO=4&transport=polling&sid=${raw.sid}`);
  expect(poll.status).toBe(400);
  expect(await poll.json()).toEqual({ code: 1, message: 'Session ID unknown' });
  raw.close();
});

test('behind the front every poll reaches the node that knows its sid', async ({
  shareExample,
}) => {
  const node = await shareExample('multi-node');
  const login = await signIn(node);
  const nodes = new Set<string>();
  for (let n = 0; n < 4; n += 1) {
    const raw = await openPolling(node.origin, login);
    expect((await raw.connect()).kind).toBe('connected');
    nodes.add((await raw.next('42["online"'))?.match(/"node":"(\d)"/)?.[1] ?? '');
    for (let event = 0; event < 5; event += 1) {
      await raw.send('421["whoami"]');
      expect(await raw.next('431')).toContain('"ann"');
    }
    // It stays open, so that the next one is dealt to the other node.
  }
  expect([...nodes].sort()).toEqual(['1', '2']);
});

test('a sid that is not 20 characters long is not found by sticky', async ({ startExample }) => {
  const ids = 'engine.generateId = () => crypto.randomUUID();\n';
  const variant = [['const openedBy = new', `${ids} const openedBy = new`, 'engine.ts']] as const;
  const node = await startExample('multi-node', { variant });
  const raw = await openPolling(node.origin, await signIn(node));
  expect((await raw.connect()).kind).toBe('closed'); // it went to the node with fewer connections
});

test('without REDIS_URL the nodes of one machine share the sessions, the room and the logout, and say what they lack', async ({
  startExample,
}) => {
  const node = await startExample('multi-node', { env: { SESSION_SECRET: '' } });
  expect(node.lines[0]).toBe(
    'REDIS_URL is not set: one machine only, and its sessions end with this process.',
  );
  expect(node.errors, 'one secret for all').toHaveLength(1);
  const login = await signIn(node);
  const [ann, annThere] = [await enter(node, login), await enter(node, login)];
  const bob = await enter(node, await signIn(node, 'bob'));
  await say(ann, 'hello');
  for (const raw of [ann, annThere, bob]) expect(await raw.next('42["said"')).toContain('hello');
  expect(await logOut(node, login)).toBe(204);
  for (const raw of [ann, annThere]) expect(await raw.next('42["ended"')).toContain('EXPIRED');
  expect(await bob.isClosed(100)).toBe(false);
  expect(new Set(node.log.map(({ node }) => node))).toEqual(new Set(['1', '2']));
  expect(await answerTo(node.origin, { headers: login })).toBe('SESSION_MISSING');
});

test('behind the front, with Redis, a logout ends the sockets of both nodes', async ({
  startNode,
}) => {
  const node = await startNode({ env: { NODES: '2' } });
  const login = await signIn(node);
  const [ann, annThere] = [await enter(node, login), await openPolling(node.origin, login)];
  expect((await annThere.connect()).kind).toBe('connected');
  expect(await logOut(node, login)).toBe(204);
  for (const raw of [ann, annThere]) expect(await raw.next('42["ended"')).toContain('EXPIRED');
  expect(new Set(node.log.map(({ node }) => node))).toEqual(new Set(['1', '2']));
});

test('a node that ends is started again, and its clients come back by themselves', async ({
  startExample,
}) => {
  const last = 'shareRoom(io);';
  const dies = "io.on('connection', (it) => it.on('die' as 'say', () => process.exit(3)));";
  const variant = [[last, `${last}\n${dies}`]] as const;
  const node = await startExample('multi-node', { variant });
  const login = await signIn(node);
  const options = { extraHeaders: login, transports: ['websocket'], forceNew: true };
  const ann = io(node.origin, options);
  await once(ann, 'connect');
  const other = await enter(node, await signIn(node, 'bob')); // on the other node
  ann.emit('die');
  await once(ann, 'disconnect');
  await once(ann, 'connect');
  expect(await ann.emitWithAck('whoami')).toMatchObject({ name: 'ann' });
  await other.send('421["whoami"]');
  expect(await other.next('431')).toContain('"bob"');
  await until(() => node.log.some(({ code }) => code === 'ENDED'), 1_000);
  ann.close();
});

test('connections that are cut at any point do not end the front', async ({ startExample }) => {
  const node = await startExample('multi-node');
  const { port } = new URL(node.origin);
  const head = 'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{"user';
  const upgrade =
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\n';
  for (const text of [
    '',
    '\r\n',
    'GET / HT',
    head,
    `${upgrade}Connection: Upgrade\r\n\r\n`,
    '\0',
  ]) {
    for (const ms of [0, 20]) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      socket.write(text);
      await new Promise((resolve) => setTimeout(resolve, ms));
      socket.resetAndDestroy();
    }
  }
  const ann = await openWebSocket(node.origin, await signIn(node));
  expect((await ann.connect()).kind).toBe('connected');
  expect(node.log.filter(({ event }) => event === 'node')).toEqual([]); // no node ended either
});
