// The packets of: where-code-runs. Its two servers have a mistake each; the lesson shows them.
import type { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { until } from '../../support/example.ts';
import { once } from '../../support/plain.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** Looks for the user in `connection`, when the client is in. */
export function checkTooLate(io: Server, findUser: (token: unknown) => Promise<unknown>): void {
  // #region too-late
  io.on('connection', async (socket) => {
    const user = await findUser(socket.handshake.auth.token);
    if (!user) socket.disconnect(true);
  });
  // #endregion
}

/** Refuses, and then lets in. */
export function checkWithoutReturn(io: Server): void {
  // #region without-return
  io.use((socket, next) => {
    if (!socket.handshake.auth.token) next(new Error('unauthorized'));
    next();
  });
  // #endregion
  io.on('connection', (socket) =>
    socket.on('whoami', (answer) => answer(socket.data.user ?? null)),
  );
}

export async function record({ plainServer, keep, send }: Run): Promise<void> {
  const late = await plainServer();
  const looked = Promise.withResolvers<undefined>();
  checkTooLate(late.io, () => looked.promise);
  const stranger = await openWebSocket(late.origin);
  await send(stranger, '40');
  await stranger.answer();
  late.io.emit('said', { from: { id: 'u1', name: 'ann' }, text: 'the merger is on Friday' });
  await stranger.next('42');
  looked.resolve(undefined);
  await stranger.isClosed(2_000);

  const twice = await plainServer();
  checkWithoutReturn(twice.io);
  const refused = await openWebSocket(twice.origin);
  await send(refused, '40');
  await refused.answer();
  await refused.answer();
  await send(refused, '421["whoami"]');
  await refused.next('43');

  const plain = await plainServer();
  plain.io.engine.use((req: { method: string; url: string }, _res: unknown, next: () => void) => {
    keep(`${req.method} ${req.url}`);
    next();
  });
  const client = connect(plain.origin);
  await once(client, 'connect');
  await until(() => client.io.engine.transport.name === 'websocket', 5_000);
  client.close();
  for (const raw of [stranger, refused]) keep(...raw.packets);
}
