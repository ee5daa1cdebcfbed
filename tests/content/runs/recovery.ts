// The packets of: recovery. A client comes back without a token: to the library's adapter, and to the guarded one.
import type { Variant } from '../../support/example.ts';
import { connectPacket } from '../../support/raw.ts';
import { comeBack, drop, say, visit } from '../../support/recovery.ts';
import type { Run } from './run.ts';

const library: Variant = [['  adapter: Guarded,\n', '']];
const byDefault: Variant = [...library, ['skipMiddlewares: false', 'skipMiddlewares: true']];

export async function record({ startExample, keep }: Run): Promise<void> {
  for (const variant of [byDefault, library, []]) {
    const example = await startExample('recovery', { variant });
    const ann = await visit(example.origin, { token: example.sign() });
    await drop(ann, example.origin);
    await say(example, 'the code is 4711');
    keep(connectPacket(ann.kept), ...ann.raw.packets);
    keep(...(await comeBack(example.origin, ann.kept)).packets);
  }
  const example = await startExample('recovery');
  const token = example.sign();
  const ann = await visit(example.origin, { token });
  await drop(ann, example.origin);
  await say(example, 'the code is 4711');
  keep(connectPacket({ token, ...ann.kept }));
  keep(...(await comeBack(example.origin, { token, ...ann.kept })).packets);
}
