import type { Variant } from '../../support/example.ts';
import { earlyWith, noAdminNamespace } from './namespaces.ts';

const guest = "{ sub: 'u1', jti: 'guest', iat: 0, exp: 9_999_999_999 }";
const unmarked: Variant = [['sold.used = true;', '']];

export const queryTicket: Record<string, Variant> = {
  ...noAdminNamespace,
  ...earlyWith('redeem(handshake.query.ticket)'),
  'a client without a token is refused': [
    [
      "if (ticket === undefined) throw new Refusal('TOKEN_MISSING');",
      `if (!ticket) return ${guest};`,
    ],
  ],
  'what stands in an access log opens no connection': unmarked,
  'what stands in the performance entries of a page opens no connection': unmarked,
  'a ticket presented twice opens one connection': unmarked,
  'a ticket presented twice at the same moment opens one connection': unmarked,
  'a late ticket is refused': [['if (sold.until <= performance.now())', 'if (sold.until < 0)']],
  'a ticket that nobody bought is refused': [
    ["if (!sold) throw new Refusal('TOKEN_INVALID');", `if (!sold) return ${guest};`],
  ],
  'a ticket speaks for the login that bought it, whatever else the client says': [
    [
      'socket.data = await check(door.claims);',
      'socket.data = await check({ ...door.claims, sub: handshake.auth.user ?? door.claims.sub });',
    ],
  ],
  'a ticket whose buyer has logged out is refused': [
    ['if (loggedOut.has(login.claims.jti)) return', 'if (!login) return'],
  ],
};
