// Preloaded into an example, in Node by steer.ts and in the tab by itself: it takes orders over IPC, so
// that no server.ts needs a test route.
import http from 'node:http';
import process from 'node:process';
import { Server } from 'socket.io';
import { type User, users } from '../../examples/lib/users.ts';
import type { Order } from './orders.ts';
import { obeyStore } from './steer-sessions.ts';

let io: Server | undefined;
let connects = 0;
const of = Server.prototype.of;
Server.prototype.of = function (this: Server, ...args: Parameters<typeof of>) {
  io = this;
  connects += 1; // the server calls this for every CONNECT, before any middleware
  return of.apply(this, args);
} as typeof of;

const urls: string[] = [];
const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (this: http.Server, event: string, ...args: unknown[]) {
  const [request] = args;
  if (['request', 'upgrade'].includes(event) && request instanceof http.IncomingMessage) {
    urls.push(request.url ?? '');
  }
  return Reflect.apply(emit, this, [event, ...args]);
};

// Members who come with a test and may go with it, so that tests can share a server.
const members = new Map<string, User>();
let made = 0;
const { findById, verifyPassword, remove, disable } = users;
users.verifyPassword = (name, password) => {
  const member = members.get(name);
  return member ? Promise.resolve(member) : verifyPassword.call(users, name, password);
};
users.remove = async (id) => {
  members.delete(id);
  await remove.call(users, id);
};
users.disable = async (id) => {
  const member = members.get(id);
  if (member) members.set(id, { ...member, disabled: true });
  await disable.call(users, id);
};

const vanished = new Set<string>();
const demoted = new Set<string>();
let delay = 0;
let down = false;
// #region steer
users.findById = async (id) => {
  // Read first: what happens during the delay is news to the caller.
  const row = members.get(id) ?? (await findById.call(users, id));
  process.send?.({ lookup: id });
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  if (down) throw new Error('the store is down');
  if (vanished.has(id)) return undefined;
  return row && demoted.has(id) ? { ...row, role: 'member' } : row;
};
// #endregion

async function obey(order: Order): Promise<unknown> {
  if (order.do === 'remove') await users.remove(order.id);
  else if (order.do === 'disable') await users.disable(order.id);
  else if (order.do === 'vanish') vanished.add(order.id);
  else if (order.do === 'demote') demoted.add(order.id);
  else if (order.do === 'slow') delay = order.ms;
  else if (order.do === 'down') down = order.on;
  else if (order.do === 'namespace') io?.of(order.name);
  else if (order.do === 'count') return connects;
  else if (order.do === 'user') {
    const id = `m${++made}`;
    members.set(id, { id, name: id, role: 'member', disabled: false });
    return id;
  } else if (order.do === 'urls') return urls;
  else if (order.do === 'hashes') return Number(Reflect.get(globalThis, 'hashes') ?? 0);
  else return obeyStore(order);
  return undefined;
}

process.on('message', async ({ n, order }: { n: number; order?: Order }) => {
  if (!order) return; // a node behind a front hears other things as well
  process.send?.({ done: n, value: await obey(order) });
});
process.channel?.unref();
