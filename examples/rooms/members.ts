// Copy this too, or put your own database behind the same methods: who belongs to which group. The
// prefix says what the group is, so that no room is taken for a team, or for anything else.
import { EventEmitter } from 'node:events';

// #region members
const LOBBY = 'room:lobby'; // everybody's
const groups = new Map<string, Set<string>>([
  ['room:kitchen', new Set(['u1', 'u2'])],
  ['room:board', new Set(['u3'])],
  ['team:red', new Set(['u1', 'u3'])],
  ['team:blue', new Set(['u2'])],
]);

class Members extends EventEmitter<{ lost: [group: string, userId: string] }> {
  /** False for a group that is not there, as for one that the user does not belong to. */
  async has(group: string, userId: string): Promise<boolean> {
    return group === LOBBY || groups.get(group)?.has(userId) === true;
  }

  /** Whether the two have a group in common, the lobby aside. */
  async share(one: string, other: string): Promise<boolean> {
    return [...groups.values()].some((group) => group.has(one) && group.has(other));
  }

  /** Adds the user; false when there is no such group. */
  async add(group: string, userId: string): Promise<boolean> {
    return groups.get(group)?.add(userId) !== undefined;
  }

  /** Takes the user out and announces it: `lost`. False when the user was not in it. */
  async remove(group: string, userId: string): Promise<boolean> {
    const was = groups.get(group)?.delete(userId) === true;
    if (was) this.emit('lost', group, userId);
    return was;
  }
}

export const members = new Members();
// #endregion
