// The packets of: refresh. A thief and the owner show one refresh token; a socket is given a new token.
import { setTimeout as wait } from 'node:timers/promises';
import { post } from '../../support/http.ts';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import { begin, refresh } from '../../support/refresh.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  // Not to wait for five seconds.
  const variant = [['const GRACE = 5_000', 'const GRACE = 100', 'families.ts']] as const;
  const { origin } = await startExample('refresh-rotation', { variant });
  const show = async (cookie: string) => {
    keep(`Cookie: ${cookie}`);
    keep(await (await post(`${origin}/refresh`, {}, { Cookie: cookie })).text());
  };
  const bob = await begin(origin, 'bob');
  const open = await openWebSocket(origin);
  await open.connect({ token: bob.token });
  const next = await refresh(origin, bob.cookie);
  await send(open, `42${JSON.stringify(['renew', { token: next.token }])}`);

  const ann = await begin(origin);
  const socket = await openWebSocket(origin);
  await send(socket, connectPacket({ token: ann.token }));
  await socket.answer();
  await show(ann.cookie); // the thief
  await wait(150);
  await show(ann.cookie); // Ann
  await socket.next('41');
  keep(...open.packets, ...socket.packets);
}
