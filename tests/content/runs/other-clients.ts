// The packets of: other-clients. Polling by hand, as examples/auth-field/polling.sh does it with curl.
import { logIn } from '../../support/http.ts';
import { connectPacket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ shareExample, keep }: Run): Promise<void> {
  const { origin } = await shareExample('auth-field');
  const path = '/socket.io/?EIO=4&transport=polling';
  const open = await (await fetch(`${origin}${path}`)).text();
  const url = `${path}&sid=${JSON.parse(open.slice(1)).sid}`;
  const body = connectPacket({ token: await logIn(origin) });
  keep(`GET ${path}`, open, `POST ${url}`, body);
  keep(await (await fetch(`${origin}${url}`, { method: 'POST', body })).text());
  keep(`GET ${url}`, await (await fetch(`${origin}${url}`)).text());
}
