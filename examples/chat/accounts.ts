// The accounts. The hash of a password does not leave this file.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { User } from '../lib/users.ts';
import type { Database } from './database.ts';
import { hashPassword, isPassword } from './passwords.ts';

type Row = Omit<User, 'disabled'> & { disabled: number };
const COLUMNS = 'id, name, role, disabled';
/** Names are kept in small letters. PostgreSQL takes no text with a NUL in it. */
const toName = (name: string) => name.toLowerCase().replaceAll('\0', '');
const toUser = (row: Row): User => ({ ...row, disabled: row.disabled !== 0 });

/** `gone`: the account with this id was disabled or removed, and its sockets have to end. */
export class Accounts extends EventEmitter<{ gone: [id: string] }> {
  readonly #database: Database;

  constructor(database: Database) {
    super();
    this.#database = database;
  }

  async find(id: string): Promise<User | undefined> {
    const sql = `SELECT ${COLUMNS} FROM accounts WHERE id = $1`;
    return (await this.#database.query<Row>(sql, id)).map(toUser)[0];
  }

  async findByName(name: string): Promise<User | undefined> {
    const sql = `SELECT ${COLUMNS} FROM accounts WHERE name = $1`;
    return (await this.#database.query<Row>(sql, toName(name))).map(toUser)[0];
  }

  /** The new account, a member of the lobby; undefined when somebody has the name. */
  async create(name: string, password: string): Promise<User | undefined> {
    const id = randomUUID();
    await this.add({ id, name, role: 'member', disabled: false }, await hashPassword(password));
    return this.find(id);
  }

  /** Adds an account as it is, unless its name or id is taken. */
  add({ id, name, role, disabled }: User, hash: string): Promise<void> {
    return this.#database.together(
      [
        `INSERT INTO accounts (id, name, password, role, disabled) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`, // the database decides: two sign-ups may come at once
        ...[id, toName(name), hash, role, Number(disabled)],
      ],
      [
        `INSERT INTO members (room, account, since)
         SELECT 'lobby', id, CAST($2 AS bigint) FROM accounts WHERE id = $1
         ON CONFLICT DO NOTHING`,
        id,
        Date.now(),
      ],
    );
  }

  /** The user, or undefined for a wrong password, an unknown name and a disabled account alike. */
  async verify(name: string, password: string): Promise<User | undefined> {
    const sql = `SELECT ${COLUMNS}, password FROM accounts WHERE name = $1`;
    type Found = Row & { password: string };
    const [row] = await this.#database.query<Found>(sql, toName(name));
    const right = await isPassword(password, row?.password);
    if (!row || !right || row.disabled) return undefined;
    return { id: row.id, name: row.name, role: row.role, disabled: false };
  }

  /** Up to 100 accounts in the order of their names, those behind `after`. */
  async list(after = ''): Promise<User[]> {
    const sql = `SELECT ${COLUMNS} FROM accounts WHERE name > $1 ORDER BY name LIMIT 100`;
    return (await this.#database.query<Row>(sql, after)).map(toUser);
  }

  /** No login of the account is good from here on, and its sockets end. lesson: logout */
  async disable(id: string): Promise<void> {
    await this.#database.query('UPDATE accounts SET disabled = 1 WHERE id = $1', id);
    this.emit('gone', id);
  }

  /** Who is let in again signs in again: the logins of before may be why the account was disabled. */
  enable(id: string): Promise<void> {
    return this.#database.together(
      ['UPDATE accounts SET disabled = 0 WHERE id = $1', id],
      ['DELETE FROM sessions WHERE account = $1', id],
      ['DELETE FROM logins WHERE account = $1', id],
    );
  }

  async setRole(id: string, role: User['role']): Promise<void> {
    await this.#database.query('UPDATE accounts SET role = $2 WHERE id = $1', id, role);
  }

  /** Whether an account has this very hash. */
  async hasHash(hash: string): Promise<boolean> {
    const sql = 'SELECT id FROM accounts WHERE password = $1 LIMIT 1';
    return (await this.#database.query(sql, hash)).length > 0;
  }
}
