// Who is in which room. The database decides; nothing that a client says makes it a member.
import { randomUUID } from 'node:crypto';
import type { Database, Statement } from './database.ts';
import type { Person, Room } from './wire.ts';

export const LOBBY = 'lobby'; // everybody is in it, and it belongs to nobody

export class Rooms {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The rooms of this account. */
  of(account: string): Promise<Room[]> {
    return this.#database.query<Room>(
      `SELECT rooms.id, rooms.name, rooms.owner FROM rooms
       JOIN members ON members.room = rooms.id
       WHERE members.account = $1 ORDER BY rooms.name, rooms.id`,
      account,
    );
  }

  /** The room, if this account is in it. lesson: rooms */
  async ofMember(room: string, account: string): Promise<Room | undefined> {
    const sql = `SELECT rooms.id, rooms.name, rooms.owner FROM rooms
      JOIN members ON members.room = rooms.id
      WHERE rooms.id = $1 AND members.account = $2`;
    return (await this.#database.query<Room>(sql, room, account))[0];
  }

  /** The first 500 members, by name. */
  members(room: string): Promise<Person[]> {
    return this.#database.query<Person>(
      `SELECT accounts.id, accounts.name FROM accounts
       JOIN members ON members.account = accounts.id
       WHERE members.room = $1 ORDER BY accounts.name LIMIT 500`,
      room,
    );
  }

  /** A new room with its owner in it; undefined when the account has 50 already. lesson: limits */
  async create(owner: string, name: string): Promise<Room | undefined> {
    const id = randomUUID();
    await this.#database.together(
      [
        `INSERT INTO rooms (id, name, owner) SELECT CAST($1 AS text), CAST($2 AS text), id
         FROM accounts WHERE id = $3 AND (SELECT count(*) FROM rooms WHERE owner = $3) < 50`,
        ...[id, name, owner],
      ],
      join(id, owner),
    );
    return this.ofMember(id, owner);
  }

  /** Makes the account a member. Asks nobody: the caller has checked who may. */
  add(room: string, account: string): Promise<void> {
    return this.#database.together(join(room, account));
  }

  /**
   * Takes the account out. A room whose owner leaves belongs to the member of the longest time, and
   * an empty one is no more, with what was said in it.
   */
  remove(room: string, account: string): Promise<void> {
    return this.#database.together(
      ['DELETE FROM members WHERE room = $1 AND account = $2', room, account],
      [
        `UPDATE rooms SET owner = (
           SELECT account FROM members WHERE room = $1 ORDER BY since, account LIMIT 1
         ) WHERE id = $1 AND owner = $2`,
        ...[room, account],
      ],
      [
        `DELETE FROM rooms WHERE id = $1 AND id <> $2
         AND NOT EXISTS (SELECT 1 FROM members WHERE room = $1)`,
        ...[room, LOBBY],
      ],
    );
  }
}

function join(room: string, account: string): Statement {
  const sql = `INSERT INTO members (room, account, since)
    SELECT rooms.id, CAST($2 AS text), CAST($3 AS bigint) FROM rooms WHERE rooms.id = $1
    ON CONFLICT DO NOTHING`;
  return [sql, room, account, Date.now()];
}
