// The logins. Each is a family of refresh tokens, of which one is good at a time. To reuse it, copy this
// folder, and put a table behind these methods: a restart forgets a Map, and another node has not got it.
import { hash, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { env } from '../lib/env.ts';
import { type Code, Refusal } from '../lib/refusal.ts';

const REFRESH_TTL = env.seconds('REFRESH_TTL', 7 * 24 * 3600);
const GRACE = 5_000; // ms in which two tabs may show the same token; longer than a lookup takes

// #region token
/** A row of the table. It holds hashes alone: who reads the table cannot refresh. */
export interface Family {
  sid: string; // stands in every access token of this login
  userId: string;
  current: string; // hash of the secret that is good now
  previous: string; // hash of the one before it
  rotatedAt: number; // ms of performance.now()
  end: number; // ms of the clock; no rotation moves it
}
export type Issued = { token: string; family: Family };

// Random, and no JWT: nothing to read in it, no key that could sign one, no mix-up with an
// access token. It is `id.secret`: the id stays, the secret changes.
const random = () => randomBytes(32).toString('base64url');
const sha256 = (text: string) => hash('sha256', text, 'base64url');

function parts(token: string): { id: string; sid: string; secret: string } {
  const [id = '', secret = ''] = token.split('.');
  return { id, sid: sha256(id), secret: sha256(secret) };
}
// #endregion

class Families extends EventEmitter<{ ended: [sid: string, code: Code] }> {
  private readonly all = new Map<string, Family>();

  /** Begins a login. The user has shown a password. */
  begin(userId: string): Issued {
    for (const { sid, end } of this.all.values()) if (end <= Date.now()) this.all.delete(sid);
    const token = `${random()}.${random()}`;
    const { sid, secret } = parts(token);
    const end = Date.now() + REFRESH_TTL * 1000;
    const family = { sid, userId, current: secret, previous: '', rotatedAt: 0, end };
    this.all.set(sid, family);
    return { token, family };
  }

  // #region find
  /** The login whose token this is. One that was used before ends it: there is a copy. */
  find(token: string): Family {
    const { sid, secret } = parts(token);
    const family = this.all.get(sid);
    if (!family) throw new Refusal('TOKEN_INVALID');
    const { userId, current, previous, rotatedAt, end } = family;
    if (end <= Date.now()) throw new Refusal('SESSION_EXPIRED', userId);
    if (secret === current) return family;
    // Used a moment ago: another tab, or a thief. It gets nothing; after the grace it burns.
    const soon = performance.now() - rotatedAt < GRACE;
    if (secret === previous && soon) throw new Refusal('REFRESH_RACED', userId);
    this.end(sid, 'REFRESH_REUSED');
    throw new Refusal('REFRESH_REUSED', userId);
  }
  // #endregion

  // #region rotate
  /**
   * Takes the token, and gives its successor. Nothing is awaited between the look and the change. In a
   * database this is one statement: update … set current = new, previous = old where current = old.
   */
  rotate(token: string): Issued {
    const family = this.find(token);
    const { id, secret } = parts(token);
    const successor = `${id}.${random()}`;
    const { secret: current } = parts(successor);
    Object.assign(family, { current, previous: secret, rotatedAt: performance.now() });
    return { token: successor, family };
  }

  /** Ends a login, and announces it: `ended` with the sid and a code. */
  end(sid: string, code: Code): void {
    this.all.delete(sid);
    this.emit('ended', sid, code);
  }

  /** Ends all logins of a user. */
  endAll(userId: string, code: Code): void {
    for (const family of this.all.values())
      if (family.userId === userId) this.end(family.sid, code);
  }
  // #endregion
}

export const families = new Families();
