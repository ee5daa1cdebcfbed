// Logins of clients that keep tokens, such as an app on a phone. Each has one refresh token that is
// good; to use it is to get the next one.
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { env } from '../lib/env.ts';
import type { Database } from './database.ts';

const REFRESH_TTL = env.seconds('REFRESH_TTL', 30 * 24 * 60 * 60) * 1000;
// What is stored opens nothing: a copy of the database is no key ring.
const digest = (secret: string) => hash('sha256', secret, 'base64url');

export interface Family {
  id: string;
  account: string;
  refresh: string;
}

/** A family that is no more, because one of its tokens was used twice. */
export interface Burned {
  burned: string;
  account: string;
}

export class Logins {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Begins a login: a family of refresh tokens, each made from the one before. */
  async begin(account: string): Promise<Family> {
    const [id, secret] = [randomUUID(), randomBytes(32).toString('base64url')];
    const sql = 'INSERT INTO logins (id, account, refresh, until) VALUES ($1, $2, $3, $4)';
    await this.#database.query(sql, id, account, digest(secret), Date.now() + REFRESH_TTL);
    return { id, account, refresh: `${id}.${secret}` };
  }

  // #region rotate
  /**
   * Takes a refresh token and gives the next one. One that was used before has two holders, and one
   * of them is a thief: then the whole family is burned. lesson: refresh
   */
  async rotate(refresh: string): Promise<Family | Burned | undefined> {
    const [id = '', old = ''] = refresh.split('.');
    const secret = randomBytes(32).toString('base64url');
    // One statement asks and changes: of two that come at once with the same token, one wins.
    const [row] = await this.#database.query<{ account: string }>(
      `UPDATE logins SET refresh = $1, until = $2
       WHERE id = $3 AND refresh = $4 AND until > $5 RETURNING account`,
      ...[digest(secret), Date.now() + REFRESH_TTL, id, digest(old), Date.now()],
    );
    if (row) return { id, account: row.account, refresh: `${id}.${secret}` };
    const account = await this.end(id);
    return account === undefined ? undefined : { burned: id, account };
  }
  // #endregion

  /** Whose login it is, and until when it can be prolonged; undefined when it has ended. */
  async find(id: string): Promise<{ account: string; until: number } | undefined> {
    const sql = 'SELECT account, until FROM logins WHERE id = $1 AND until > $2';
    return (await this.#database.query<{ account: string; until: number }>(sql, id, Date.now()))[0];
  }

  /** Ends a login, and gives whose it was; undefined when there was none. */
  async end(id: string): Promise<string | undefined> {
    const sql = 'DELETE FROM logins WHERE id = $1 RETURNING account';
    return (await this.#database.query<{ account: string }>(sql, id))[0]?.account;
  }

  async sweep(): Promise<void> {
    await this.#database.query('DELETE FROM logins WHERE until <= $1', Date.now());
  }
}
