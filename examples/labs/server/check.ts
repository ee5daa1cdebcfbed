// Labs: who a token is of, as things stand now. With its reasons: auth-field/server.ts.
import { type Code, Refusal } from '../../lib/refusal.ts';
import { type User, users } from '../../lib/users.ts';
import { within } from '../../lib/within.ts';
import type { Claims } from './tokens.ts';

export type Login = {
  claims: Claims;
  user: Pick<User, 'id' | 'name' | 'role'>;
  checkedAt: number;
};

const loggedOut = new Map<string, number>(); // jti and exp
const removedAt = new Map<string, number>(); // user and time: a lookup begun before is out of date

users.on('gone', (id) => removedAt.set(id, performance.now()));

/** Ends a login: its token is refused from now on. */
export function forget({ jti, exp }: Claims): void {
  for (const [id, end] of loggedOut) if (end * 1000 < Date.now()) loggedOut.delete(id);
  loggedOut.set(jti, exp);
}

/** The user of the claims. Throws a refusal when the login has ended or the user is gone. */
export async function check(claims: Claims): Promise<Login> {
  const { sub, exp } = claims;
  if (exp * 1000 <= Date.now()) throw new Refusal('TOKEN_EXPIRED', sub);
  const checkedAt = performance.now();
  const user = await within(3_000, users.findById(sub)).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE', sub);
  });
  if (!user || user.disabled) throw new Refusal('USER_UNKNOWN', sub);
  const login = { claims, user: { id: sub, name: user.name, role: user.role }, checkedAt };
  const code = revoked(login);
  if (code) throw new Refusal(code, sub);
  return login;
}

/** Why a login has ended since it was checked, if it has. */
export function revoked(login: Login): Code | undefined {
  if (loggedOut.has(login.claims.jti)) return 'TOKEN_INVALID';
  return (removedAt.get(login.user.id) ?? -1) >= login.checkedAt ? 'USER_UNKNOWN' : undefined;
}
