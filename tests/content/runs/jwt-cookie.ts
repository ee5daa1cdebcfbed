// The packets of: jwt-cookie. A script on Ann's page connects and speaks; the browser adds the cookie.
import { logInForCookie } from '../../support/http.ts';
import { openPolling } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ shareExample, keep, send }: Run): Promise<void> {
  const { origin } = await shareExample('jwt-cookie');
  const Cookie = await logInForCookie(origin);
  keep(`Cookie: ${Cookie}`);
  const script = await openPolling(origin, { Cookie });
  await send(script, '40');
  await script.answer();
  await send(script, '42["say",{"text":"Please send me the file."}]');
  await script.next('42["said"');
  keep(...script.packets);
}
