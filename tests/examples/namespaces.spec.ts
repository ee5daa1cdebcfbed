// Namespaces by themselves: what a middleware, a hook and a pattern cover, and in which order.
import type { Namespace, Server, Socket } from 'socket.io';
import { openAdmin } from '../content/runs/namespaces.ts';
import { until } from '../support/example.ts';
import { no } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const refuse = (_socket: Socket, next: (error?: Error) => void) => next(no);

/** What a CONNECT without a token gets there. */
async function answerAt(origin: string, namespace: string): Promise<string> {
  const raw = await openWebSocket(origin);
  const answer = await raw.connect(undefined, namespace);
  raw.close();
  return answer.kind === 'refused' ? answer.message : answer.kind;
}

test('a stranger who is refused at the main namespace walks into /admin, and is obeyed there', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const expelled: unknown[] = [];
  openAdmin(
    io,
    () => false,
    (who) => expelled.push(who),
  );
  expect(await answerAt(origin, '/')).toBe('unauthorized');
  const stranger = await openWebSocket(origin);
  expect((await stranger.connect(undefined, '/admin')).kind).toBe('connected');
  await stranger.send('42/admin,1["expel","bob"]');
  expect(await stranger.next('43/admin,1')).toBe('43/admin,1[{"ok":true}]');
  expect(expelled).toEqual(['bob']);
});

test('the hook guards what is made after it, and nothing that was made before', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.of('/before');
  io.on('new_namespace', (namespace: Namespace) => void namespace.use(refuse));
  io.of('/after');
  expect(await answerAt(origin, '/before')).toBe('connected');
  expect(await answerAt(origin, '/after')).toBe('unauthorized');
  expect(await answerAt(origin, '/')).toBe('connected'); // the main one was there before anything
});

test('the hook guards a namespace that a client asks for by a pattern, when it is made', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.of(/^\/team-\w+$/); // before the hook: its children are made later
  io.on('new_namespace', (namespace: Namespace) => void namespace.use(refuse));
  expect(await answerAt(origin, '/team-red')).toBe('unauthorized');
});

test('what stands on the parent of a pattern runs before what the hook adds', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const ran: string[] = [];
  const note = (name: string) => (_socket: Socket, next: () => void) => {
    ran.push(name);
    next();
  };
  io.on('new_namespace', (namespace: Namespace) => void namespace.use(note('hook')));
  io.of(/^\/team-\w+$/).use(note('parent'));
  expect(await answerAt(origin, '/team-red')).toBe('connected');
  expect(ran).toEqual(['parent', 'hook']);
});

/** Opens a connection for each of 20 names that are refused, and counts what the server keeps. */
async function namespacesAfterRefusals(io: Server, origin: string): Promise<number> {
  const before = io._nsps.size;
  io.of(/^\/team-\w+$/).use(refuse);
  for (let n = 0; n < 20; n += 1) expect(await answerAt(origin, `/team-${n}`)).toBe('unauthorized');
  return io._nsps.size - before;
}

test('a refused client leaves the namespace behind that it asked for', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  expect(await namespacesAfterRefusals(io, origin)).toBe(20);
});

test('with cleanupEmptyChildNamespaces a namespace that nobody got into goes again', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ cleanupEmptyChildNamespaces: true });
  expect(await namespacesAfterRefusals(io, origin)).toBe(0);
});

test('a pattern without ^ and $ takes more names than it was meant to', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  io.of(/\/team-\w+/);
  expect(await answerAt(origin, '/team-red')).toBe('connected');
  expect(await answerAt(origin, '/admin/team-red/../..')).toBe('connected');
});

test('an event to a namespace that was not joined reaches no listener, and closes the connection', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const heard: unknown[] = [];
  io.of('/admin').on('connection', (socket) => socket.on('expel', (who) => heard.push(who)));
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.send('42/admin,["expel","bob"]');
  expect(await raw.isClosed(2_000)).toBe(true);
  expect(heard).toEqual([]);
});

test('a second namespace over one connection has a socket, an id and data of its own', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.use((socket, next) => {
    socket.data.user = 'ann';
    next();
  });
  const data: unknown[] = [];
  io.of('/admin').on('connection', (socket) => data.push(socket.data));
  const raw = await openWebSocket(origin);
  const [main, admin] = [await raw.connect(), await raw.connect(undefined, '/admin')];
  expect([main, admin]).toMatchObject([{ kind: 'connected' }, { kind: 'connected' }]);
  expect(main).not.toEqual(admin);
  await until(() => data.length === 1, 2_000);
  expect(data).toEqual([{}]); // what the main namespace knows, this one does not
});
