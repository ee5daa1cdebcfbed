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
  const names = ['auth-field', 'query-token', 'jwt-cookie', 'session-passport'];
  const servers = await Promise.all(names.map((name) => startExample(name)));
  for (const { name, origin } of servers) {
    const byCookie = ['jwt-cookie', 'session-passport'].includes(name);
    const login = byCookie ? await logInForCookie(origin) : await logIn(origin);
    const token = name === 'query-token' ? { token: login } : undefined;
    keep(byCookie ? `Cookie: ${login}` : token ? `${url}&token=${login}` : url);
    const raw = await openWebSocket(origin, byCookie ? { Cookie: login } : {}, token);
    await send(raw, connectPacket(name === 'auth-field' ? { token: login } : undefined));
    await raw.answer();
    keep(...raw.packets);
  }
  await Promise.all(servers.map((server) => server.stop()));
}
