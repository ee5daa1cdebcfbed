// Accounts to try the chat with. Their password is public, so production neither makes them nor
// starts on a database that has them.
import { env } from '../lib/env.ts';
import { accounts } from './store.ts';

// "correct horse battery staple"
const hash = 'scrypt$16384$8$5$Aj1JV7_KMZ_3AzBT9yFLTQ$k4IHj8ywTU27jTB-1I7Nd5AbNoVkg7tvPkHqscawlTE';

const people = [
  { id: 'u1', name: 'ann', role: 'member', disabled: false },
  { id: 'u2', name: 'bob', role: 'member', disabled: false },
  { id: 'u3', name: 'root', role: 'admin', disabled: false },
  { id: 'u4', name: 'dave', role: 'member', disabled: true },
] as const;

/** Adds the demo accounts to a database without accounts. Stops a production that has some. */
export async function demoAccounts(): Promise<void> {
  if (env.text('NODE_ENV') === 'production') {
    if (!(await accounts.hasHash(hash))) return;
    env.stop('This database has accounts with the public demo password. Take another database.');
  }
  if ((await accounts.list()).length > 0) return;
  for (const person of people) await accounts.add(person, hash);
}
