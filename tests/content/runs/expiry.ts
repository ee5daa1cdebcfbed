// The packets of: expiry. A server that asks for a token at CONNECT, and never again; and one with a round.
import { setTimeout as wait } from 'node:timers/promises';
import type { Server, Socket } from 'socket.io';
import { signToken } from '../../support/example.ts';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

const seconds = () => Math.floor(Date.now() / 1000);

/** Reads `exp` of a token that it takes for good: this is about what comes after the check. */
function expOf(socket: Socket): number {
  const [, claims = ''] = String(socket.handshake.auth['token']).split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).exp;
}

/** Compares `exp` at CONNECT, and says to all what one says. */
export function checkOnce(io: Server): void {
  // #region check-once
  io.use((socket, next) => {
    const expired = expOf(socket) * 1000 <= Date.now();
    next(expired ? new Error('unauthorized') : undefined);
  });
  io.on('connection', (socket) => {
    socket.on('say', (text) => io.emit('said', text));
  });
  // #endregion
}

/** Compares `exp` at each event too. */
export function checkEvents(io: Server): void {
  // #region check-events
  io.on('connection', (socket) => {
    socket.use((_event, next) => {
      const expired = expOf(socket) * 1000 <= Date.now();
      next(expired ? new Error('TOKEN_EXPIRED') : undefined);
    });
  });
  // #endregion
}

// #region chain
/** Does the work at that time, however far away it is. Returns what takes it back. */
export function at(time: number, work: () => void, most = 2 ** 31 - 1): () => void {
  let timer: NodeJS.Timeout;
  const step = () => {
    const left = time - Date.now();
    if (left <= 0) return work();
    timer = setTimeout(step, Math.min(left, most));
  };
  step();
  return () => clearTimeout(timer);
}
// #endregion

export async function record({ shareExample, plainServer, keep, send }: Run): Promise<void> {
  const { io, origin } = await plainServer();
  checkOnce(io);
  const exp = seconds() + 2;
  const ann = await openWebSocket(origin);
  await send(ann, connectPacket({ token: signToken({ exp }) }));
  await ann.answer();
  const field = await shareExample('auth-field');
  const bob = await openWebSocket(field.origin);
  await bob.connect({ token: field.sign({ sub: 'u2', exp: seconds() + 2 }) }); // in a second at the earliest
  await bob.isClosed(3_000);
  await wait(Math.max(1, exp * 1000 - Date.now()));
  await send(ann, '42["say","am I still here?"]');
  await ann.next('42');
  io.emit('said', 'the merger is on Friday');
  await ann.next('42');
  keep(...ann.packets, ...bob.packets);
}
