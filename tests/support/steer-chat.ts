// Preloaded into the chat: it takes the orders of orders.ts for an example whose users and sessions are in a database.
import process from 'node:process';
import type { Order } from './orders.ts';
import './steer.ts';

const { accounts, database, logins, rooms, sessions } = await import(
  '../../examples/chat/store.ts'
);

const PASSWORD = // "correct horse battery staple"
  'scrypt$16384$8$5$Aj1JV7_KMZ_3AzBT9yFLTQ$k4IHj8ywTU27jTB-1I7Nd5AbNoVkg7tvPkHqscawlTE';
const vanished = new Set<string>();
let delay = { accounts: 0, sessions: 0, rooms: 0 };
let down = { accounts: false, sessions: false, rooms: false };

/** Waits as ordered, then fails as ordered. What was read before is old by then. */
async function late<T>(value: T, ms: number, broken = false): Promise<T> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  if (broken) throw new Error('the store is down');
  return value;
}

const { find } = accounts;
accounts.find = async (id) => {
  const row = await find.call(accounts, id);
  process.send?.({ lookup: id });
  return late(vanished.has(id) ? undefined : row, delay.accounts, down.accounts);
};
const { of } = rooms;
rooms.of = async (account) => {
  const rows = await of.call(rooms, account);
  process.send?.({ lookup: `rooms of ${account}` });
  return late(rows, delay.rooms, down.rooms);
};
const { get, find: findSession } = sessions;
sessions.get = (sid, done) => {
  process.send?.({ lookup: 'session' });
  get.call(sessions, sid, (error, data) => {
    late(data, delay.sessions, down.sessions).then((kept) => done(error, kept), done);
  });
};
sessions.find = async (row) =>
  late(await findSession.call(sessions, row), delay.sessions, down.sessions);

// A test signs tokens for logins that never were. Such a login begins when it is first asked for.
const begun = new Set<string>();
const { find: findLogin } = logins;
logins.find = async (id) => {
  const user = /^test:(.*):/.exec(id)?.[1];
  if (user && !begun.has(id)) {
    begun.add(id);
    const until = Date.now() + 3_600_000;
    const sql = `INSERT INTO logins (id, account, refresh, until)
      SELECT CAST($1 AS text), id, '', CAST($2 AS bigint) FROM accounts WHERE id = $3`;
    await database.query(sql, id, until, user);
  }
  return findLogin.call(logins, id);
};
const { end } = logins;
logins.end = (id) => {
  begun.add(id);
  return end.call(logins, id);
};

let made = 0;
const orders: { [K in Order['do']]?: (order: Extract<Order, { do: K }>) => unknown } = {
  user: async () => {
    const id = `m${++made}`;
    await accounts.add({ id, name: id, role: 'member', disabled: false }, PASSWORD);
    return id;
  },
  remove: async ({ id }) => {
    await database.query('DELETE FROM accounts WHERE id = $1', id);
    accounts.emit('gone', id);
  },
  disable: ({ id }) => accounts.disable(id),
  demote: ({ id }) => accounts.setRole(id, 'member'),
  vanish: ({ id }) => void vanished.add(id),
  slow: ({ ms }) => {
    delay = { ...delay, accounts: ms };
  },
  down: ({ on }) => {
    down = { ...down, accounts: on };
  },
  store: ({ ms = 0, down: broken = false }) => {
    delay = { ...delay, sessions: ms };
    down = { ...down, sessions: broken };
  },
  sessions: async () =>
    (await database.query<{ id: string }>('SELECT id FROM sessions')).map(({ id }) => id),
  forget: () => database.query('DELETE FROM sessions'),
};

const [obeyRest] = process.listeners('message');
process.removeAllListeners('message');
process.on(
  'message',
  async (message: { n: number; order?: Order; rooms?: number | 'down'; sql?: string }, handle) => {
    const { n, order } = message;
    const mine = order && (orders[order.do] as ((order: Order) => unknown) | undefined);
    if (order && !mine) return obeyRest?.(message, handle);
    let value: unknown;
    if (order && mine) value = await mine(order);
    else if (message.sql) value = await database.query(message.sql);
    else if (message.rooms === 'down') down = { ...down, rooms: true };
    else if (message.rooms !== undefined) delay = { ...delay, rooms: message.rooms };
    else value = process.memoryUsage().rss; // bytes
    process.send?.({ done: n, value });
  },
);
process.channel?.unref();
