// What was said. A message is kept once, however often its sender has to send it.
import type { Database } from './database.ts';
import type { Message, Person } from './wire.ts';

type Row = { seq: number; room: string; mark: string; text: string; at: number } & {
  author: string;
  name: string;
};
const PAGE = 50;
const COLUMNS = `messages.seq, messages.room, messages.mark, messages.text, messages.at,
  messages.author, accounts.name`;
const toMessage = ({ seq, room, mark, text, at, author, name }: Row): Message => ({
  ...{ seq, room, id: mark, from: { id: author, name }, text, at },
});

export class Messages {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  // #region keep
  /**
   * Keeps a message under the id that its sender gave it. `fresh` is false for one that was there
   * already: then nobody has to hear it again. Undefined when the author is no member of the room.
   */
  async keep(
    room: string,
    from: Person,
    id: string,
    text: string,
  ): Promise<{ message: Message; fresh: boolean } | undefined> {
    const at = Date.now();
    // Asked and written in one statement: who was removed a moment ago writes nothing any more.
    const [made] = await this.#database.query<{ seq: number }>(
      `INSERT INTO messages (room, author, mark, text, at)
       SELECT members.room, members.account, CAST($3 AS text), CAST($4 AS text), CAST($5 AS bigint)
       FROM members WHERE members.room = $1 AND members.account = $2
       ON CONFLICT (author, mark) DO NOTHING RETURNING seq`,
      ...[room, from.id, id, text, at],
    );
    if (made) return { message: { seq: made.seq, room, id, from, text, at }, fresh: true };
    const sql = `SELECT ${COLUMNS} FROM messages JOIN accounts ON accounts.id = messages.author
      WHERE messages.author = $1 AND messages.mark = $2 AND messages.room = $3`;
    const [row] = await this.#database.query<Row>(sql, from.id, id, room);
    return row && { message: toMessage(row), fresh: false };
  }
  // #endregion

  // #region history
  /** Up to 50 messages before this one, oldest first, to a member; to others nothing. */
  async before(
    room: string,
    account: string,
    seq = Number.MAX_SAFE_INTEGER,
  ): Promise<{ messages: Message[]; more: boolean }> {
    const rows = await this.#database.query<Row>(
      `SELECT ${COLUMNS} FROM messages
       JOIN accounts ON accounts.id = messages.author
       JOIN members ON members.room = messages.room AND members.account = $2
       WHERE messages.room = $1 AND messages.seq < $3 ORDER BY messages.seq DESC LIMIT ${PAGE + 1}`,
      ...[room, account, seq],
    );
    return {
      messages: rows.slice(0, PAGE).map(toMessage).reverse(),
      more: rows.length > PAGE,
    };
  }
  // #endregion
}
