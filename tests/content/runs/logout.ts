// The packets of: logout. A logout that ends no sockets, and the one of the example.
import type { Variant } from '../../support/example.ts';
import { bearer, post } from '../../support/http.ts';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

const forgets: Variant = [
  ["  endWhere(({ data }) => data.claims.jti === jti, 'TOKEN_INVALID');\n", ''],
];

export async function record({ startExample, keep, send }: Run): Promise<void> {
  for (const variant of [forgets, []]) {
    const example = await startExample('auth-field', { variant });
    const token = example.sign();
    const [ann, bob] = [await openWebSocket(example.origin), await openWebSocket(example.origin)];
    await ann.connect({ token });
    await bob.connect({ token: example.sign({ sub: 'u2' }) });
    keep(`Authorization: Bearer ${token}`);
    const logout = await post(`${example.origin}/logout`, '', bearer(token));
    keep(`${logout.status} ${logout.statusText}`);
    await bob.send('42["say",{"text":"ann is gone, the code is 4711"}]');
    await ann.next('42["said"', 300);
    if (variant.length > 0) await send(ann, '42["say",{"text":"thank you"}]');
    await bob.next('42["said",{"from":{"id":"u1"', 300);
    keep(...ann.packets, ...bob.packets);
  }
}
