// The database as one file, by Node's own SQLite: nothing to install, and one process writes to it.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Database, Value } from './database.ts';

/** `$1`, `$2` … are names to SQLite. */
function named(values: Value[]): Record<string, SQLInputValue> {
  return Object.fromEntries(values.map((value, n) => [`$${n + 1}`, value]));
}

/** Opens the file, or makes it; `:memory:` is a database that ends with the process. */
export function openSqlite(file: string): Database {
  const sqlite = new DatabaseSync(file, { timeout: 2_000 }); // ms to wait for a backup that reads
  // #region durable
  // A commit is written to the log and the log to the disk before the call returns. So what was
  // acknowledged outlives kill -9, and with FULL a power cut too.
  sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  // #endregion
  const known = new Map<string, StatementSync>();

  /** Each call holds the event loop until it is done: small statements, and an index for each. */
  function run(sql: string, values: Value[]): unknown[] {
    const statement = known.get(sql) ?? sqlite.prepare(sql);
    known.set(sql, statement);
    return statement.all(named(values));
  }

  return {
    query: async <Row>(sql: string, ...values: Value[]) => run(sql, values) as Row[],
    together: async (...statements) => {
      sqlite.exec('BEGIN IMMEDIATE');
      try {
        for (const [sql, ...values] of statements) run(sql, values);
        sqlite.exec('COMMIT');
      } catch (error) {
        sqlite.exec('ROLLBACK');
        throw error;
      }
    },
    close: async () => sqlite.close(),
  };
}
