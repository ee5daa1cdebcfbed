// The packets of: query-ticket. A ticket is bought and used, then copied out of a log.
import { io as connect } from 'socket.io-client';
import { logIn, post } from '../../support/http.ts';
import { once } from '../../support/plain.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const example = await startExample('query-ticket');
  const { origin } = example;
  const headers = { Authorization: `Bearer ${await logIn(origin)}` };
  const answer = await (await post(`${origin}/ticket`, {}, headers)).text();
  keep('POST /ticket', answer);
  const query: { ticket: string } = JSON.parse(answer);
  const ann = connect(origin, { query });
  await once(ann, 'connect');
  const urls = (await example.steer({ do: 'urls' })) as string[];
  keep(`GET ${urls.find((url) => url.includes('ticket='))}`);

  const thief = await openWebSocket(origin, {}, query);
  keep(`GET /socket.io/?EIO=4&transport=websocket&ticket=${query.ticket}`);
  await send(thief, '40');
  await thief.answer();
  keep(...thief.packets);
  thief.close();
  ann.close();
}
