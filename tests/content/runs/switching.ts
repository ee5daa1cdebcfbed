// The packets of: switching. One socket for two users, and a message that waits.
import { io, type Socket } from 'socket.io-client';
import { once } from '../../support/plain.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** The next user of a socket, as one reads it in many apps. */
export function reuse(socket: Socket, token: string): void {
  // #region reuse
  socket.auth = { token };
  socket.connect();
  // #endregion
}

export async function record({ shareExample, keep }: Run): Promise<void> {
  const { origin, sign } = await shareExample('auth-field');
  const root = await openWebSocket(origin);
  await root.connect({ token: sign({ sub: 'u3' }) });
  const socket = io(origin, { auth: { token: sign() }, transports: ['websocket'] });
  socket.io.on('open', () => {
    const read = ({ type, data }: { type: string; data?: string }) =>
      type === 'message' && keep(`4${data}`);
    socket.io.engine.on('packetCreate', read).on('packet', read);
  });
  await once(socket, 'connect');
  socket.io.reconnection(false);
  const gone = once(socket, 'disconnect');
  socket.io.engine.close();
  await gone;
  socket.emit('say', { text: 'I am leaving, the code is 4711' });
  reuse(socket, sign({ sub: 'u2' }));
  await root.next('42["said"');
  socket.disconnect();
}
