// Connection state recovery as Socket.IO brings it along: what it skips, and in which order it goes.
import { setTimeout as wait } from 'node:timers/promises';
import type { ServerOptions } from 'socket.io';
import { no, type Plain } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { comeBack, drop, type Visitor, visit } from '../support/recovery.ts';
import { expect, test } from '../support/test.ts';

type Start = (options: Partial<ServerOptions>) => Promise<Plain>;

/** A room for ann, whom her token names; another user's token is as good. Ann has been here, and is away. */
async function annIsAway(plainServer: Start, skipMiddlewares?: boolean) {
  const connectionStateRecovery = skipMiddlewares === undefined ? {} : { skipMiddlewares };
  const { io, origin } = await plainServer({ connectionStateRecovery });
  io.use(({ handshake, data }, next) => {
    data.user = handshake.auth['token'];
    next(data.user ? undefined : no);
  });
  io.on('connection', (socket) => {
    if (!socket.recovered) socket.join(`user:${socket.data.user}`);
    socket.on('whoami', (answer) => answer(socket.data.user));
    if (!socket.recovered) socket.emit('welcome');
  });
  const ann = await visit(origin, { token: 'ann' });
  await drop(ann, origin);
  const sayTo = (text: string) => io.to('user:ann').emit('said', { text });
  sayTo('for ann');
  return { io, origin, ann, sayTo };
}

test('by default a client that comes back passes no middleware: a pid is enough', async ({
  plainServer,
}) => {
  const { origin, ann } = await annIsAway(plainServer);
  const { answer, texts, raw } = await comeBack(origin, ann.kept);
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(texts).toEqual(['for ann']);
  expect(raw.packets.at(-1)).toBe('439["ann"]'); // the server takes it for her
});

test('with skipMiddlewares false, missed packets are sent before the middleware says no', async ({
  plainServer,
}) => {
  const { origin, ann } = await annIsAway(plainServer, false);
  const { packets } = await comeBack(origin, ann.kept);
  expect(packets).toEqual([
    expect.stringMatching(/^42\["said",\{"text":"for ann"\}/),
    expect.stringMatching('^44.*TOKEN_MISSING'),
  ]);
});

test("with skipMiddlewares false, another user's token is let in with her packets, her id and her rooms", async ({
  plainServer,
}) => {
  const { origin, ann, sayTo } = await annIsAway(plainServer, false);
  const { answer, texts, raw } = await comeBack(origin, { token: 'bob', ...ann.kept });
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(texts).toEqual(['for ann']);
  expect(raw.packets.at(-1)).toBe('439["bob"]');
  sayTo('later, for ann');
  expect(await raw.next('42["said"')).toContain('later, for ann');
});

test('by default a pid is good again while its owner is online', async ({ plainServer }) => {
  const { origin, ann, sayTo } = await annIsAway(plainServer);
  const hers = await comeBack(origin, ann.kept);
  const thief = await comeBack(origin, ann.kept);
  expect(thief.answer).toEqual(hers.answer);
  expect(thief.texts).toEqual(['for ann']);
  sayTo('later, for ann');
  expect(await thief.raw.next('42["said"')).toContain('later, for ann');
  expect(await hers.raw.next('42["said"', 300)).toBeUndefined();
});

test('with skipMiddlewares false, what is sent while the middleware waits is lost, and the client says recovered', async ({
  plainServer,
}) => {
  const { io, origin, ann, sayTo } = await annIsAway(plainServer, false);
  io.use((_socket, next) => {
    sayTo('during the check');
    void wait(10).then(() => next());
  });
  const { answer, texts } = await comeBack(origin, { token: 'ann', ...ann.kept });
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
  expect(texts).toEqual(['for ann']);
});

test('with the default adapter an older offset brings what was sent before the session began', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer({ connectionStateRecovery: {} });
  io.on('connection', (socket) => socket.emit('welcome'));
  const first: Visitor = await visit(origin);
  io.emit('said', { text: 'before the second came' });
  const second = await visit(origin);
  await drop(second, origin);
  const { offset } = first.kept;
  const { texts } = await comeBack(origin, { pid: second.kept.pid, offset });
  expect(texts).toEqual(['before the second came']);
});

test('a socket that was disconnected, by the server or by its client, is not recoverable', async ({
  plainServer,
}) => {
  for (const by of ['server', 'client']) {
    const { io, origin } = await plainServer({ connectionStateRecovery: {} });
    io.on('connection', (socket) => socket.emit('welcome'));
    const ann = await visit(origin);
    if (by === 'client') await ann.raw.send('41');
    else io.disconnectSockets();
    await drop(ann, origin);
    const { answer } = await comeBack(origin, ann.kept);
    expect(answer.kind).toBe('connected');
    expect(answer).not.toMatchObject({ sid: ann.sid });
  }
});

test('a socket whose connection the server closed is recoverable', async ({ plainServer }) => {
  const { io, origin } = await plainServer({ connectionStateRecovery: {} });
  io.on('connection', (socket) => socket.emit('welcome'));
  const ann = await visit(origin);
  for (const socket of io.sockets.sockets.values()) socket.conn.close();
  await ann.raw.isClosed(500);
  const { answer } = await comeBack(origin, ann.kept);
  expect(answer).toEqual({ kind: 'connected', sid: ann.sid });
});

test('a client that has heard nothing has no offset, and does not come back', async ({
  plainServer,
}) => {
  const { origin } = await plainServer({ connectionStateRecovery: {} });
  const raw = await openWebSocket(origin);
  await raw.send('40');
  const { sid, pid } = JSON.parse((await raw.next('40'))?.slice(2) ?? '{}');
  raw.close();
  (await openWebSocket(origin)).close();
  const { answer } = await comeBack(origin, { pid });
  expect(answer.kind).toBe('connected');
  expect(answer).not.toMatchObject({ sid });
});

test('an event that wants an acknowledgement, and a volatile one, is not kept for who comes back', async ({
  plainServer,
}) => {
  const { io, origin, ann } = await annIsAway(plainServer);
  const room = () => io.to('user:ann');
  room().volatile.emit('said', { text: 'volatile' });
  room()
    .timeout(100)
    .emit('said', { text: 'with an acknowledgement' }, () => {});
  room().emit('said', { text: 'plain' });
  expect((await comeBack(origin, ann.kept)).texts).toEqual(['for ann', 'plain']);
});
