import type { Variant } from '../../support/example.ts';
import { adminNamespace, earlyWith } from './namespaces.ts';

export const queryToken: Record<string, Variant> = {
  ...adminNamespace,
  ...earlyWith('readToken(handshake.query.token)'),
};
