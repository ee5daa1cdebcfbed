// Rooms by themselves: what Socket.IO takes for a room, and who gets what is sent there.
import type { ServerOptions } from 'socket.io';
import { signedIn, trusting } from '../content/runs/rooms.ts';
import { until } from '../support/example.ts';
import type { startPlain } from '../support/plain.ts';
import { openWebSocket, type Raw } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

type Plain = Awaited<ReturnType<typeof startPlain>>;

async function arrive({ origin }: Plain, id: string): Promise<{ raw: Raw; sid: string }> {
  const raw = await openWebSocket(origin);
  const answer = await raw.connect({ id });
  return { raw, sid: answer.kind === 'connected' ? answer.sid : '' };
}

/** A server that trusts, with Ann and Bob on it. */
async function withAnnAndBob(
  start: (options?: Partial<ServerOptions>) => Promise<Plain>,
  options = {},
) {
  const plain = await start(options);
  signedIn(plain.io);
  trusting(plain.io);
  const [ann, bob] = [await arrive(plain, 'u1'), await arrive(plain, 'u2')];
  /** Bob sends this, and it has been worked on. */
  const bobSends = async (packet: string) => {
    await bob.raw.send(packet);
    const socket = plain.io.sockets.sockets.get(bob.sid);
    const done = new Promise((resolve) => socket?.once('done', () => resolve(undefined)));
    await bob.raw.send('42["done"]');
    await done;
  };
  return { ...plain, ann, bob, bobSends };
}

test('a client that may name its room joins the one of another user, and reads the notifications', async ({
  plainServer,
}) => {
  const { io, bob, bobSends } = await withAnnAndBob(plainServer);
  await bobSends('42["join","user:u1"]');
  io.to('user:u1').emit('notified', { text: 'Your code is 481 220.' });
  expect(await bob.raw.next('42["notified"')).toContain('481 220');
});

test("the id of a socket is a room as well: who joins another's reads what is sent to it by io.to", async ({
  plainServer,
}) => {
  const { io, ann, bob, bobSends } = await withAnnAndBob(plainServer);
  await bobSends(`42["join","${ann.sid}"]`);
  io.to(ann.sid).emit('whisper', 'for Ann');
  expect(await bob.raw.next('42["whisper"')).toBe('42["whisper","for Ann"]');
  io.sockets.sockets.get(ann.sid)?.emit('direct', 'for Ann');
  io.emit('end');
  expect(await bob.raw.next('42')).toBe('42["end"]'); // socket.emit goes by no room
});

test('with connectionStateRecovery even socket.emit goes through the room of the socket id', async ({
  plainServer,
}) => {
  const options = { connectionStateRecovery: {} };
  const { io, ann, bob, bobSends } = await withAnnAndBob(plainServer, options);
  await bobSends(`42["join","${ann.sid}"]`);
  io.sockets.sockets.get(ann.sid)?.emit('direct', 'for Ann');
  expect(await bob.raw.next('42["direct"')).toContain('for Ann');
});

test('a client that may leave any room leaves the one that the logout looks for', async ({
  plainServer,
}) => {
  const { io, bob, bobSends } = await withAnnAndBob(plainServer);
  await bobSends('42["leave","user:u2"]');
  io.in('user:u2').disconnectSockets(true);
  expect(await bob.raw.isClosed(300)).toBe(false);
});

test('a client that stays in that room is cut by the logout', async ({ plainServer }) => {
  const { io, bob } = await withAnnAndBob(plainServer);
  io.in('user:u2').disconnectSockets(true);
  expect(await bob.raw.isClosed(2_000)).toBe(true);
});

test('a server that passes a message on passes on the sender that its client made up', async ({
  plainServer,
}) => {
  const { ann, bobSends } = await withAnnAndBob(plainServer);
  await bobSends('42["say",{"room":"user:u1","from":"root","text":"you are dismissed"}]');
  expect(await ann.raw.next('42["said"')).toContain('"from":"root"');
});

test('to an empty list of rooms is to everybody', async ({ plainServer }) => {
  const { io, ann, bob, bobSends } = await withAnnAndBob(plainServer);
  io.to([]).emit('said', 'for the two of us');
  for (const { raw } of [ann, bob]) expect(await raw.next('42')).toContain('for the two of us');
  await bobSends('42["say",{"room":[],"text":"hello, all"}]'); // a list that a client may send, too
  expect(await ann.raw.next('42')).toContain('hello, all');
});

test('who joined 42 is not reached by to("42")', async ({ plainServer }) => {
  const { io, bob, bobSends } = await withAnnAndBob(plainServer);
  await bobSends('42["join",42]');
  io.to('42').emit('said', 'to the text');
  Reflect.apply(io.to, io, [42]).emit('said', 'to the number');
  expect(await bob.raw.next('42["said"')).toBe('42["said","to the number"]');
});

test('a list joins all the rooms in it', async ({ plainServer }) => {
  const { io, bob, bobSends } = await withAnnAndBob(plainServer);
  await bobSends('42["join",["user:u1","user:u3"]]');
  expect([...(io.sockets.sockets.get(bob.sid)?.rooms ?? [])]).toEqual([
    ...[bob.sid, 'user:u2', 'user:u1', 'user:u3'],
  ]);
});

test('a room belongs to its namespace: the same name in another one is another room', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  for (const name of ['/', '/team'])
    io.of(name).on('connection', (socket) => socket.join('kitchen'));
  const raw = await openWebSocket(origin);
  await raw.connect();
  await raw.connect(undefined, '/team');
  io.to('kitchen').emit('said', 'here');
  io.emit('end');
  io.of('/team').emit('end');
  await until(() => raw.packets.includes('42/team,["end"]'), 2_000);
  expect(raw.packets.filter((packet) => packet.startsWith('42'))).toEqual([
    ...['42["said","here"]', '42["end"]', '42/team,["end"]'],
  ]);
});

test('a join after the disconnect joins nothing', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const gone = new Promise<Set<string>>((resolve) => {
    io.on('connection', (socket) => {
      socket.on('disconnect', () => {
        socket.join('kitchen');
        resolve(socket.rooms);
      });
    });
  });
  const raw = await openWebSocket(origin);
  await raw.connect();
  raw.close();
  expect((await gone).size).toBe(0);
  expect(io.sockets.adapter.rooms.has('kitchen')).toBe(false);
});
