// The tables. Times are milliseconds since 1970; ids are random text, but for a message's number.

/** The statements that make what is missing. `serial` is the type of a number that counts by itself. */
export const tables = (serial: string): string[] => [
  `CREATE TABLE IF NOT EXISTS accounts (
    id text PRIMARY KEY,
    name text NOT NULL UNIQUE,
    password text NOT NULL,
    role text NOT NULL DEFAULT 'member',
    disabled integer NOT NULL DEFAULT 0
  )`,
  // A browser's session. The row's own time is the one that counts.
  `CREATE TABLE IF NOT EXISTS sessions (
    id text PRIMARY KEY,
    account text NOT NULL,
    data text NOT NULL,
    until bigint NOT NULL
  )`,
  // A login of a client with tokens. `refresh` is the hash of the one refresh token that is good.
  `CREATE TABLE IF NOT EXISTS logins (
    id text PRIMARY KEY,
    account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
    refresh text NOT NULL,
    until bigint NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS rooms (
    id text PRIMARY KEY,
    name text NOT NULL,
    owner text REFERENCES accounts ON DELETE SET NULL
  )`,
  `CREATE TABLE IF NOT EXISTS members (
    room text NOT NULL REFERENCES rooms ON DELETE CASCADE,
    account text NOT NULL REFERENCES accounts ON DELETE CASCADE,
    since bigint NOT NULL,
    PRIMARY KEY (room, account)
  )`,
  // `mark` is the id that the client made: of two messages with one, the second is a resend.
  `CREATE TABLE IF NOT EXISTS messages (
    seq ${serial} PRIMARY KEY,
    room text NOT NULL REFERENCES rooms ON DELETE CASCADE,
    author text NOT NULL REFERENCES accounts ON DELETE CASCADE,
    mark text NOT NULL,
    text text NOT NULL,
    at bigint NOT NULL,
    UNIQUE (author, mark)
  )`,
  'CREATE INDEX IF NOT EXISTS messages_of_room ON messages (room, seq)',
  'CREATE INDEX IF NOT EXISTS rooms_of_member ON members (account)',
  "INSERT INTO rooms (id, name) VALUES ('lobby', 'Lobby') ON CONFLICT (id) DO NOTHING",
];
