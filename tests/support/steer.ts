// Preloaded into an example (`node --import`): it takes orders over IPC, so that no server.ts needs
// a test route.
import './vary.ts';
import process from 'node:process';
import { Server } from 'socket.io';
import { users } from '../../examples/lib/users.ts';
import type { Order } from './orders.ts';

let io: Server | undefined;
const of = Server.prototype.of;
Server.prototype.of = function (this: Server, ...args: Parameters<typeof of>) {
  io = this;
  return of.apply(this, args);
} as typeof of;

const findById = users.findById.bind(users);
const vanished = new Set<string>();
const demoted = new Set<string>();
let delay = 0;
let down = false;
users.findById = async (id) => {
  const row = await findById(id); // read first: what happens during the delay is news to the caller
  process.send?.({ lookup: id });
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  if (down) throw new Error('the store is down');
  if (vanished.has(id)) return undefined;
  return row && demoted.has(id) ? { ...row, role: 'member' } : row;
};

async function obey(order: Order): Promise<void> {
  if (order.do === 'remove') await users.remove(order.id);
  else if (order.do === 'disable') await users.disable(order.id);
  else if (order.do === 'vanish') vanished.add(order.id);
  else if (order.do === 'demote') demoted.add(order.id);
  else if (order.do === 'slow') delay = order.ms;
  else if (order.do === 'down') down = order.on;
  else io?.of(order.name);
}

process.on('message', async ({ n, order }: { n: number; order: Order }) => {
  await obey(order);
  process.send?.({ done: n });
});
process.channel?.unref();
