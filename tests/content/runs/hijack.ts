// The packets of: hijack. A page of another port, at jwt-cookie without its Origin check.
import { logInForCookie } from '../../support/http.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const { origin } = await startExample('jwt-cookie', {
    variant: [['if (fromOwnPage(req)) return callback', 'if (req) return callback']],
  });
  const Cookie = await logInForCookie(origin);
  const Origin = 'http://localhost:4002';
  keep(`Origin: ${Origin}`, `Cookie: ${Cookie}`);
  const foreign = await openWebSocket(origin, { Origin, Cookie });
  await send(foreign, '40');
  await foreign.answer();
  const bob = await openWebSocket(origin, { Cookie: await logInForCookie(origin, 'bob') });
  await bob.connect();
  await bob.send('42["say",{"text":"the merger is on Friday"}]');
  await foreign.next('42["said"');
  keep(...foreign.packets);
}
