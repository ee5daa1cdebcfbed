// The database that this run has, and what stands on it. The others import their data from here.
import { dirname, join } from 'node:path';
import process from 'node:process';
import { env } from '../lib/env.ts';
import { Accounts } from './accounts.ts';
import { openDatabase } from './database.ts';
import { Logins } from './logins.ts';
import { Messages } from './messages.ts';
import { Rooms } from './rooms.ts';
import { SessionStore } from './session-store.ts';

const url = env.text('DATABASE_URL');
const file = env.text('DATABASE_FILE') ?? join(dirname(process.argv[1] ?? '.'), 'chat.db');

export const database = await openDatabase(url, file).catch((error: Error) =>
  // Not the URL: a password stands in it.
  env.stop(`Cannot open the database ${url ? 'at DATABASE_URL' : file}: ${error.message}`),
);
export const accounts = new Accounts(database);
export const sessions = new SessionStore(database);
export const logins = new Logins(database);
export const rooms = new Rooms(database);
export const messages = new Messages(database);
