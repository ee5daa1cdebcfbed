import type { Variant } from '../../support/example.ts';
import { adminNamespace, earlyWith } from './namespaces.ts';

const tokenInUrl: Variant = [
  ['readToken(handshake.auth.token)', 'readToken(handshake.query.token)'],
  [
    "readFileSync(join(here, 'client.ts'), 'utf8')",
    "readFileSync(join(here, 'client.ts'), 'utf8').replace('{ auth,', '{ query: auth,')",
    'page.ts',
  ],
];

export const authField: Record<string, Variant> = {
  ...adminNamespace,
  ...earlyWith('readToken(handshake.auth.token)'),
  'what stands in an access log opens no connection': tokenInUrl,
  'what stands in the performance entries of a page opens no connection': tokenInUrl,
};
