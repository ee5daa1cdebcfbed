// The same by PostgreSQL, for what outgrows one file.
import pg from 'pg';
import type { Database, Value } from './database.ts';

const BIGINT = 20; // PostgreSQL's number for the type; pg gives text, for it may exceed a number

/** Connects, so that a wrong URL is known at the start. Throws what the server said. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 3_000,
    types: {
      getTypeParser: (type, format) =>
        type === BIGINT ? Number : pg.types.getTypeParser(type, format),
    },
  });
  // A connection that breaks while nobody uses it says so here. Unheard, it ends the process.
  pool.on('error', (error) => console.error(`the database: ${error.message}`));
  (await pool.connect()).release();

  return {
    async query<Row>(sql: string, ...values: Value[]) {
      return (await pool.query(sql, values)).rows as Row[];
    },
    together: async (...statements) => {
      const client = await pool.connect(); // one connection, for a transaction belongs to one
      try {
        await client.query('BEGIN');
        for (const [sql, ...values] of statements) await client.query(sql, values);
        await client.query('COMMIT');
        client.release();
      } catch (error) {
        client.release(true); // closed, and what it had begun is undone
        throw error;
      }
    },
    close: () => pool.end(),
  };
}
