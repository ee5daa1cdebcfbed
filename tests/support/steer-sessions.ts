// The part of steer.ts that takes orders for the session store. It finds the store by its class.
import process from 'node:process';
import session, { type SessionData } from 'express-session';
import type { Order } from './orders.ts';

type Get = session.MemoryStore['get'];

const stores = new Set<session.MemoryStore>();
let delay = 0;
let down = false;

const { get, set } = session.MemoryStore.prototype;
session.MemoryStore.prototype.get = function (this: session.MemoryStore, ...[sid, done]) {
  stores.add(this);
  process.send?.({ lookup: 'session' });
  // Read first: what happens during the delay is news to the caller.
  get.call(this, sid, (error, data) => {
    const answer = () => (down ? done(new Error('the store is down')) : done(error, data));
    delay > 0 ? setTimeout(answer, delay) : answer();
  });
} satisfies Get;
session.MemoryStore.prototype.set = function (this: session.MemoryStore, ...args) {
  stores.add(this);
  if (down) return void args[2]?.(new Error('the store is down'));
  set.apply(this, args);
};

/** All rows as they are stored: `store.sessions` is the MemoryStore's own field. */
function rows(): [Record<string, string>, string][] {
  return [...stores].flatMap((store) => {
    const { sessions } = store as unknown as { sessions: Record<string, string> };
    return Object.keys(sessions).map((sid): [Record<string, string>, string] => [sessions, sid]);
  });
}

export function obeyStore(order: Order): unknown {
  if (order.do === 'store') {
    delay = order.ms ?? 0;
    down = order.down ?? false;
  } else if (order.do === 'sessions') {
    return rows().map(([, sid]) => sid);
  } else if (order.do === 'forget') {
    for (const [sessions, sid] of rows()) delete sessions[sid];
  } else if (order.do === 'session') {
    return rows().map(([sessions, sid]) => {
      const data: SessionData = { ...JSON.parse(sessions[sid] ?? '{}'), ...order.set };
      sessions[sid] = JSON.stringify(data);
      return data;
    });
  }
  return undefined;
}
