// The packets of: identity-providers. A server that checks who signed a token, and not for whom.
import { PASSWORD, post } from '../../support/http.ts';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const { origin } = await startExample('jwks', {
    variant: [
      ["audience: 'handshake-sockets', ", ''],
      ["z.literal('chat-page')", 'id'],
    ],
  });
  const body = { username: 'ann', password: PASSWORD, client: 'photo-page' };
  const { token } = await (await post(`${origin}/login`, body)).json();
  const photos = await openWebSocket(origin);
  await send(photos, connectPacket({ token }));
  await photos.answer();
  await send(photos, '421["whoami"]');
  await photos.next('431');
  keep(...photos.packets);
}
