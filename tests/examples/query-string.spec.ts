// What a server gets of a query string, and when the official client sends it: on bare servers.
import express from 'express';
import type { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { once } from '../support/plain.ts';
import { expect, test } from '../support/test.ts';

/** What each CONNECT to this server had in its query, in order. */
function queriesAt(io: Server): Record<string, unknown>[] {
  const queries: Record<string, unknown>[] = [];
  io.use((socket, next) => {
    queries.push({ ...socket.handshake.query });
    next();
  });
  return queries;
}

test('of ?token=a&token=b the engine keeps the last, and Express both', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const kept: unknown[] = [];
  io.engine.on('connection', ({ request }) => kept.push(request._query.token));
  const app = express().get('/', (req, res) => void res.json(req.query['token']));
  const other = app.listen(0);
  const { port } = other.address() as { port: number };
  await fetch(`${origin}/socket.io/?EIO=4&transport=polling&token=a&token=b`);
  const response = await fetch(`http://localhost:${port}/?token=a&token=b`);
  other.close();
  expect([kept, await response.json()]).toEqual([['b'], ['a', 'b']]);
});

test('what stands in the query is text: an object or an array cannot get there', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const kept: unknown[] = [];
  io.engine.on('connection', ({ request }) => kept.push(request._query.token));
  for (const query of [
    '',
    'token',
    'token[]=a',
    'token[sub]=u1',
    '__proto__[token]=a',
    'token=7',
  ]) {
    await fetch(`${origin}/socket.io/?EIO=4&transport=polling&${query}`);
  }
  expect(kept).toEqual([undefined, '', undefined, undefined, undefined, '7']);
});

test('allowRequest sees the query', async ({ plainServer }) => {
  const seen: unknown[] = [];
  const { origin } = await plainServer({
    allowRequest: (req, answer) => {
      seen.push(new URL(req.url ?? '', 'http://any').searchParams.get('ticket'));
      answer(null, true);
    },
  });
  const client = connect(origin, { query: { ticket: 'mine' } });
  await once(client, 'connect');
  client.close();
  expect(seen).toEqual(['mine']);
});

test('a changed query is sent with the next connection, and not before', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  io.of('/beside');
  const client = connect(origin, { query: { ticket: 'first' }, reconnectionDelay: 10 });
  const beside = client.io.socket('/beside');
  const opened = once(io, 'connection');
  await Promise.all([once(client, 'connect'), once(beside.connect(), 'connect')]);
  client.io.opts.query = { ticket: 'second' };
  const [socket] = await opened;
  const left = once(socket, 'disconnect');
  client.disconnect(); // leaves the namespace; the connection stays, for the other one
  await left;
  client.connect();
  await once(client, 'connect');
  client.io.engine.close();
  await once(client, 'connect');
  client.disconnect();
  beside.disconnect();
  expect(queries.map(({ ticket }) => ticket)).toEqual(['first', 'first', 'second']);
});

test('a reconnection presents the query of the first connection again', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  const client = connect(origin, { query: { ticket: 'first' }, reconnectionDelay: 10 });
  await once(client, 'connect');
  client.io.engine.close();
  await once(client, 'connect');
  client.close();
  expect(queries.map(({ ticket }) => ticket)).toEqual(['first', 'first']);
});

test('a function given as query is not asked', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  let asked = false;
  const query = () => {
    asked = true;
    return { ticket: 'mine' };
  };
  const client = connect(origin, { query: query as never });
  await once(client, 'connect');
  client.close();
  expect([asked, queries[0]?.['ticket']]).toEqual([false, undefined]);
});

test('a ticket bought in reconnect_attempt comes one attempt too late', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  const client = connect(origin, { query: { ticket: 'first' }, reconnectionDelay: 10 });
  client.io.on('reconnect_attempt', async () => {
    const ticket = await Promise.resolve('second'); // as short as a purchase can be
    client.io.opts.query = { ticket };
  });
  for (let turn = 0; turn < 3; turn += 1) {
    await once(client, 'connect');
    if (turn < 2) client.io.engine.close();
  }
  client.close();
  expect(queries.map(({ ticket }) => ticket)).toEqual(['first', 'first', 'second']);
});
