// Where express-session keeps the sessions of browsers: a table. lesson: one-session
import { hash } from 'node:crypto';
import { type SessionData, Store } from 'express-session';
import type { Database } from './database.ts';

declare module 'express-session' {
  interface SessionData {
    user?: string; // the account's id
  }
}

type Done<T = void> = (error?: unknown, value?: T) => void;

/** The row's id. The cookie has the session's own: who reads the table has no cookie to make of it. */
export const rowOf = (sid: string) => hash('sha256', sid, 'base64url');

/** Calls back with what becomes of the work. */
function tell<T>(work: Promise<T>, done: Done<T> = () => {}): void {
  work.then(
    (value) => done(null, value),
    (error) => done(error),
  );
}

const endOf = ({ cookie }: SessionData) => new Date(cookie.expires ?? 0).getTime();

export class SessionStore extends Store {
  readonly #database: Database;

  constructor(database: Database) {
    super();
    this.#database = database;
  }

  override get(sid: string, done: Done<SessionData | null>): void {
    const sql = 'SELECT data, until FROM sessions WHERE id = $1 AND until > $2';
    const rows = this.#database.query<{ data: string; until: number }>(sql, rowOf(sid), Date.now());
    const parsed = rows.then(([row]) => {
      if (!row) return null;
      const data: SessionData = JSON.parse(row.data);
      data.cookie.expires = new Date(row.until); // one place says when it ends. lesson: session-writes
      return data;
    });
    tell(parsed, done);
  }

  /** The chat writes a session once, at its login. */
  override set(sid: string, data: SessionData, done?: Done): void {
    const work = this.#database.query(
      `INSERT INTO sessions (id, account, data, until) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET data = $3, until = $4`,
      ...[rowOf(sid), data.user ?? '', JSON.stringify(data), endOf(data)],
    );
    tell(
      work.then(() => {}),
      done,
    );
  }

  /** Moves the end of a session that is there. One that was destroyed stays away. */
  override touch(sid: string, data: SessionData, done?: Done): void {
    const sql = 'UPDATE sessions SET until = $2 WHERE id = $1';
    const work = this.#database.query(sql, rowOf(sid), endOf(data));
    tell(
      work.then(() => {}),
      done,
    );
  }

  override destroy(sid: string, done?: Done): void {
    const work = this.#database.query('DELETE FROM sessions WHERE id = $1', rowOf(sid));
    tell(
      work.then(() => {}),
      done,
    );
  }

  /** What a socket asks: whose session the row is, and until when. */
  async find(row: string): Promise<{ account: string; until: number } | undefined> {
    const sql = 'SELECT account, until FROM sessions WHERE id = $1 AND until > $2';
    type Found = { account: string; until: number };
    return (await this.#database.query<Found>(sql, row, Date.now()))[0];
  }

  async sweep(): Promise<void> {
    await this.#database.query('DELETE FROM sessions WHERE until <= $1', Date.now());
  }
}
