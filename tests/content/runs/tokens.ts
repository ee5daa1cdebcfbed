// The packets of: start, two-handshakes, auth-field.
import { get, logIn, post } from '../../support/http.ts';
import { connectPacket, openPolling, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, plainServer, keep, send }: Run): Promise<void> {
  const door = await startExample('open-door');
  keep('GET /messages', await (await get(`${door.origin}/messages`)).text());
  const stranger = await openWebSocket(door.origin);
  await send(stranger, connectPacket());
  await stranger.answer();
  const headers = { Authorization: `Bearer ${await logIn(door.origin)}` };
  await post(`${door.origin}/messages`, { text: 'for members only' }, headers);
  await stranger.next('42');

  const field = await startExample('auth-field');
  keep('GET /socket.io/?EIO=4&transport=polling');
  keep(await (await fetch(`${field.origin}/socket.io/?EIO=4&transport=polling`)).text());
  const nobody = await openPolling(field.origin);
  await send(nobody, connectPacket({}));
  await nobody.answer();
  const ann = await openWebSocket(field.origin);
  await send(ann, connectPacket({ token: await logIn(field.origin) }));
  await ann.answer();
  await send(ann, '421["whoami"]');
  await ann.next('431');
  const gone = await openWebSocket(field.origin);
  await send(gone, connectPacket({ token: field.sign({ sub: 'u2' }) }));
  await gone.answer();
  await field.steer({ do: 'remove', id: 'u2' });
  const deleted = await openWebSocket(field.origin);
  await deleted.connect({ token: field.sign({ sub: 'u2' }) });

  const { io, origin } = await plainServer();
  const no = Object.assign(new Error('unauthorized'), { data: { code: 'TOKEN_INVALID' } });
  io.use((_socket, next) => next(no));
  const guesser = await openWebSocket(origin);
  for (const n of [1, 2, 3]) {
    await send(guesser, connectPacket({ token: `guess ${n}` }));
    await guesser.answer();
  }
  for (const raw of [stranger, nobody, ann, deleted, guesser]) keep(...raw.packets);
}
