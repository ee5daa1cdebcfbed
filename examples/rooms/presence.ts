// Who is online: people, not tabs. Copy this too.
import type { Client } from './server.ts';

// #region presence
// By user, all sockets of that person: of each tab, device and namespace. Of one process.
const online = new Map<string, Set<Client>>();

/** From here on the person is online, until the last of their sockets is gone. */
export function arrive(socket: Client): void {
  const { id } = socket.data.user;
  const sockets = online.get(id) ?? new Set();
  online.set(id, sockets.add(socket));
  socket.on('disconnect', () => {
    sockets.delete(socket);
    if (sockets.size > 0) return; // another tab is still there
    online.delete(id);
    announce();
  });
  if (sockets.size === 1) announce();
  else socket.emit('online', people()); // a second tab is nobody else's news
}

/** The sockets of a person, for what has to reach each of them. */
export const socketsOf = (userId: string): Iterable<Client> => online.get(userId) ?? [];
// #endregion

// #region announce
function people(): object[] {
  return [...online.values()].flatMap(([socket]) => (socket ? [named(socket)] : []));
}
const named = ({ data: { user } }: Client) => ({ id: user.id, name: user.name });

let due = false;

/** Tells everybody who is online, ten times a second at most: after a restart all arrive at once. */
function announce(): void {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    const list = people();
    for (const sockets of online.values()) for (const each of sockets) each.emit('online', list);
  }, 100);
}
// #endregion
