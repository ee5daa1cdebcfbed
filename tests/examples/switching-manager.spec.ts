// The client's managers: who shares one, and whose options it has.
import { io as connect } from 'socket.io-client';
import { until } from '../support/example.ts';
import { once } from '../support/plain.ts';
import { expect, test } from '../support/test.ts';

test('a second namespace of one address shares the manager, with the query and the headers of the first', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const seen: unknown[] = [];
  io.of('/feed').on('connection', ({ handshake: { query, headers, auth } }) => {
    seen.push([query['user'], headers['x-user'], auth['user']]);
  });
  const mine = (user: string) => ({
    query: { user },
    extraHeaders: { 'X-User': user },
    auth: { user },
  });
  const ann = connect(origin, mine('ann'));
  await once(ann, 'connect');
  const feed = connect(`${origin}/feed`, mine('bob'));
  await once(feed, 'connect');
  expect(feed.io).toBe(ann.io);
  expect(seen).toEqual([['ann', 'ann', 'bob']]);
  ann.disconnect();
  feed.disconnect();
});

test('a second io() for the same namespace makes a manager of its own, without forceNew', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const users: unknown[] = [];
  io.on('connection', ({ handshake }) => users.push(handshake.query['user']));
  const ann = connect(origin, { query: { user: 'ann' } });
  await once(ann, 'connect');
  const bob = connect(origin, { query: { user: 'bob' } });
  await once(bob, 'connect');
  expect(bob.io).not.toBe(ann.io);
  expect(users).toEqual(['ann', 'bob']);
  ann.disconnect();
  bob.disconnect();
});

test('after the logout a further namespace still gets the manager of the first login, and its query', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const users: unknown[] = [];
  io.of('/feed').on('connection', ({ handshake }) => users.push(handshake.query['user']));
  const ann = connect(origin, { query: { user: 'ann' } });
  await once(ann, 'connect');
  ann.disconnect();
  const bob = connect(origin, { query: { user: 'bob' } }); // the same namespace: a manager of its own
  await once(bob, 'connect');
  const feed = connect(`${origin}/feed`, { query: { user: 'bob' } });
  await once(feed, 'connect');
  expect(feed.io).toBe(ann.io);
  expect(users).toEqual(['ann']);
  bob.disconnect();
  feed.disconnect();
});

test('with forceNew, or one manager for each login, every namespace has the options of its login', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const users: unknown[] = [];
  io.of('/feed').on('connection', ({ handshake }) => users.push(handshake.query['user']));
  const ann = connect(origin, { query: { user: 'ann' }, forceNew: true });
  await once(ann, 'connect');
  ann.disconnect();
  const bob = connect(origin, { query: { user: 'bob' }, forceNew: true });
  await once(bob, 'connect');
  const feed = bob.io.socket('/feed', { auth: {} }); // shares bob's connection
  await once(feed, 'connect');
  expect(feed.io).toBe(bob.io);
  expect(users).toEqual(['bob']);
  bob.disconnect();
  feed.disconnect();
});

test('a change of query or headers on the manager waits for its next connection, auth for the next CONNECT', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  io.of('/feed');
  const seen: unknown[] = [];
  let left = 0;
  io.on('connection', (server) => {
    seen.push([server.handshake.query['user'], server.handshake.auth['user']]);
    server.on('disconnect', () => (left += 1));
  });
  const socket = connect(origin, { query: { user: 'ann' }, auth: { user: 'ann' } });
  const feed = connect(`${origin}/feed`); // holds the connection
  await Promise.all([once(socket, 'connect'), once(feed, 'connect')]);
  socket.disconnect();
  await until(() => left === 1, 2_000);
  socket.auth = { user: 'bob' };
  socket.io.opts.query = { user: 'bob' };
  await once(socket.connect(), 'connect');
  feed.disconnect();
  socket.disconnect(); // the last one closes the connection
  await once(socket.connect(), 'connect');
  expect(seen).toEqual([
    ['ann', 'ann'],
    ['ann', 'bob'],
    ['bob', 'bob'],
  ]);
  socket.disconnect();
});
