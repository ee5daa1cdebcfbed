// Copy this too: a deadline for a promise, such as a query that never comes back. One timer serves
// all deadlines, because a timer for each costs more than the wait.
interface Waiting {
  until: number;
  fail: () => void;
}
const all = new Set<Waiting>();

setInterval(() => {
  for (const each of all) if (each.until <= performance.now()) each.fail();
}, 100).unref();

/** Settles as `work` does, or rejects some `ms` milliseconds from now. The work itself goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const mine = {
    until: performance.now() + ms,
    fail: () => reject(new Error(`no answer within ${ms} ms`)),
  };
  all.add(mine);
  try {
    return await Promise.race([work, promise]);
  } finally {
    all.delete(mine);
  }
}
