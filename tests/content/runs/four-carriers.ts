// The packets of: four-carriers. One login, presented to a server of each carrier.
import { parseCookie } from 'cookie';
import type { Server } from 'socket.io';
import { logIn, logInForCookie } from '../../support/http.ts';
import { no } from '../../support/plain.ts';
import { connectPacket, openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** Takes a token from wherever there is one. Its own page uses `auth`. */
export function twoPlaces(io: Server, verify: (token: unknown) => boolean): void {
  // #region two-places
  io.use(({ handshake: { auth, headers } }, next) => {
    const token = auth['token'] ?? parseCookie(headers.cookie ?? '')['token'];
    next(verify(token) ? undefined : no);
  });
  // #endregion
}

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const url = 'GET /socket.io/?EIO=4&transport=websocket';

  const field = await startExample('auth-field');
  const byField = await openWebSocket(field.origin);
  keep(url);
  await send(byField, connectPacket({ token: await logIn(field.origin) }));
  await byField.answer();

  const query = await startExample('query-token');
  const token = await logIn(query.origin);
  const byQuery = await openWebSocket(query.origin, {}, { token });
  keep(`${url}&token=${token}`);
  await send(byQuery, '40');
  await byQuery.answer();

  for (const name of ['jwt-cookie', 'session-passport']) {
    const { origin } = await startExample(name);
    const Cookie = await logInForCookie(origin);
    const byCookie = await openWebSocket(origin, { Cookie });
    keep(`Cookie: ${Cookie}`);
    await send(byCookie, '40');
    await byCookie.answer();
    keep(...byCookie.packets);
  }
  keep(...byField.packets, ...byQuery.packets);
}
