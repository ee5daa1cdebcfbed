// What the chat asks of a database. Two answer to it: a file on this machine, and PostgreSQL. All
// statements are written once, in the SQL that both understand, with `$1`, `$2` for the values.
import { tables } from './tables.ts';

export type Value = string | number | null;
export type Statement = [sql: string, ...values: Value[]];

// #region database
export interface Database {
  /** Runs one statement. It is done, and safe on the disk, when the promise resolves. */
  query<Row>(sql: string, ...values: Value[]): Promise<Row[]>;
  /** Runs all of these or, if one fails, none. */
  together(...statements: Statement[]): Promise<void>;
  close(): Promise<void>;
}
// #endregion

/** PostgreSQL at `url`, else the SQLite database in `file`. Makes the tables that are missing. */
export async function openDatabase(url: string | undefined, file: string): Promise<Database> {
  const [database, serial] = url
    ? [
        await (await import('./postgres.ts')).openPostgres(url),
        'bigint GENERATED ALWAYS AS IDENTITY',
      ]
    : [(await import('./sqlite.ts')).openSqlite(file), 'integer'];
  for (const table of tables(serial)) await database.query(table);
  return database;
}
