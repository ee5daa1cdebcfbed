// Makes an account an admin: `npm run example chat promote NAME`. There is no route for it: who may
// run programs on the server decides.
import process from 'node:process';
import { env } from '../lib/env.ts';
import { accounts, database } from './store.ts';

const [name = ''] = process.argv.slice(2);
const user = await accounts.findByName(name);
if (!user) env.stop(`There is no account "${name}". Call: npm run example chat promote NAME`);
else await accounts.setRole(user.id, 'admin');
await database.close();
console.log(`${name} is an admin. Sockets that are open learn of it at the next look.`);
