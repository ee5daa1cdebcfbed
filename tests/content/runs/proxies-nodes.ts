// The packets of: proxies-nodes. Polling begins at one server, and goes on at another.
import type { Run } from './run.ts';

export async function record({ plainServer, keep }: Run): Promise<void> {
  const [here, there] = [await plainServer(), await plainServer()];
  here.io.engine.generateId = () => 'luzIHpg2ZQQedG0CAAAA'; // the page shows it
  const handshake = '/socket.io/?EIO=4&transport=polling';
  const open = await (await fetch(`${here.origin}${handshake}`)).text();
  const poll = `${handshake}&sid=${JSON.parse(open.slice(1)).sid}`;
  const refusal = await (await fetch(`${there.origin}${poll}`)).text();
  keep(handshake, open, poll, refusal);
}
