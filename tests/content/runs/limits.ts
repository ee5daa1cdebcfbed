// The packets of: limits. And what it adds to an example: how many connections one address may hold.
import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

// #region crowd
/** Counts the open connections of each address; ask what it returns in `allowRequest`. */
export function crowd(io: Server, most: number): (req: IncomingMessage) => boolean {
  const open = new Map<string, number>();
  io.engine.on('connection', (conn) => {
    const address = conn.remoteAddress;
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    conn.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address); // or the map grows with each address ever seen
    });
    if (count > most) conn.close(); // where allowRequest awaits, several pass it at once
  });
  return ({ socket }) => (open.get(socket.remoteAddress ?? '') ?? 0) >= most;
}
// #endregion

export async function record({ startExample, plainServer, keep, send }: Run): Promise<void> {
  const { io, origin } = await plainServer();
  const no = Object.assign(new Error('unauthorized'), { data: { code: 'CODE_WRONG' } });
  io.use(({ handshake }, next) => (handshake.auth.code === '7391' ? next() : next(no)));
  const guesser = await openWebSocket(origin);
  for (const code of ['0000', '0001', '7391']) {
    await send(guesser, `40${JSON.stringify({ code })}`);
    await guesser.answer();
  }
  const field = await startExample('auth-field');
  const flood = await openWebSocket(field.origin);
  await flood.connect({ token: field.sign() });
  await send(flood, '421["whoami"]');
  await flood.send(...Array.from({ length: 600 }, () => '421["whoami"]'));
  await flood.isClosed(1_000);
  for (const raw of [guesser, flood]) {
    keep(...raw.packets);
    raw.close();
  }
}
