// Whether a user belongs to a group now. Copy this too.
import { Refusal } from '../lib/refusal.ts';
import { within } from '../lib/within.ts';
import { members } from './members.ts';

// #region membership
const lostAt = new Map<string, number>(); // group and user, and when the membership ended
members.on('lost', (group, userId) => lostAt.set(`${group} ${userId}`, performance.now()));

/** An answer that was read before this moment is out of date when the membership ended since. */
export function lostSince(asked: number, group: string, userId: string): boolean {
  return (lostAt.get(`${group} ${userId}`) ?? -1) >= asked;
}

/** Throws FORBIDDEN for who does not belong, and the same for a group that is not there. */
export async function mustBelong(group: string, userId: string): Promise<void> {
  const asked = performance.now();
  const belongs = await within(3_000, members.has(group, userId)).catch(() => {
    throw new Refusal('AUTH_UNAVAILABLE', userId); // the store failed: that is no "no"
  });
  if (!belongs || lostSince(asked, group, userId)) throw new Refusal('FORBIDDEN', userId);
}
// #endregion
