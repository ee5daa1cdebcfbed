import type { Variant } from '../../support/example.ts';
import type { ExampleName } from '../attack.ts';
import { authField } from './auth-field.ts';
import { jwtCookie } from './jwt-cookie.ts';
import { queryTicket } from './query-ticket.ts';
import { queryToken } from './query-token.ts';
import { sessionPassport } from './session-passport.ts';
import { cookies, shared } from './shared.ts';

const all: Record<ExampleName, Record<string, Variant>> = {
  'auth-field': { ...shared, ...authField },
  'jwt-cookie': { ...shared, ...cookies, ...jwtCookie },
  'query-token': { ...shared, ...queryToken },
  'query-ticket': { ...shared, ...queryTicket },
  'session-passport': { ...shared, ...cookies, ...sessionPassport },
};

/** The example with the defense taken out that this attack meets. Throws when there is none. */
export function variantOf(name: ExampleName, title: string): Variant {
  const variant = all[name][title];
  if (!variant) throw new Error(`no variant of ${name} for the attack "${title}"`);
  return variant;
}
