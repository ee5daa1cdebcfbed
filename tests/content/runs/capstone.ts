// The packets of: capstone. A message that is stored, and whose server is killed before it can answer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logInForCookie } from '../../support/http.ts';
import { openWebSocket, type Raw } from '../../support/raw.ts';
import type { Run } from './run.ts';

const message = '421["say",{"room":"lobby","id":"8f14e45f-ceea","text":"on my way"}]';
const silent = [
  'if (kept.fresh) nsp.to',
  'await new Promise(() => {});\n    if (kept.fresh) nsp.to',
  'chat.ts',
] as const;

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'capstone-'));
  const env = { DATABASE_FILE: join(folder, 'chat.db') };
  const come = async (origin: string): Promise<Raw> => {
    const raw = await openWebSocket(origin, { Cookie: await logInForCookie(origin) });
    await send(raw, '40');
    await raw.next('42["ready"');
    return raw;
  };

  const first = await startExample('chat', { env, variant: [silent] });
  const before = await come(first.origin);
  await send(before, message);
  await send(before, '422["history",{"room":"lobby"}]');
  await before.next('432'); // what is in the history is stored
  await first.stop('SIGKILL');
  keep('kill -9');

  const second = await startExample('chat', { env });
  const after = await come(second.origin);
  await send(after, message);
  await after.next('431');
  await send(after, '422["history",{"room":"lobby"}]');
  await after.next('432');
  keep(...after.packets);
  after.close();
  await second.stop();
  rmSync(folder, { recursive: true });
}
