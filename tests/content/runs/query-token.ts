// The packets of: query-token. A token is read out of the server's access log, and used.
import { io as connect } from 'socket.io-client';
import { get, logIn } from '../../support/http.ts';
import { once } from '../../support/plain.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const { origin } = await startExample('query-token');
  const token = await logIn(origin);
  const ann = connect(origin, { query: { token } });
  await once(ann, 'connect');
  const log: string[] = await (await get(`${origin}/access-log`, token)).json();
  const copied = /token=([^&]+)/.exec(log[0] ?? '')?.[1] ?? '';

  const thief = await openWebSocket(origin, {}, { token: copied });
  keep(...log, `GET /socket.io/?EIO=4&transport=websocket&token=${copied}`);
  await send(thief, '40');
  await thief.answer();
  await send(thief, '421["whoami"]');
  await thief.next('431');
  keep(...thief.packets);
  thief.close();
  ann.close();
}
