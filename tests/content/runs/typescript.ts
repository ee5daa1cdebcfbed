// The packets of: typescript. A handler that believes its type, and a null.
import { trusting } from '../../examples/types-trusting.ts';
import { until } from '../../support/example.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep, send }: Run): Promise<void> {
  const example = await startExample('auth-field', { variant: trusting });
  const ann = await openWebSocket(example.origin);
  await ann.connect({ token: example.sign() });
  await send(ann, '42["say",null]');
  await until(() => !example.alive, 2_000);
  keep(...example.errors);
}
