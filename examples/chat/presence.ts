// Who is online: people, not tabs. lesson: rooms
import type { Client } from './live.ts';
import type { Member, Person } from './wire.ts';

const tabs = new Map<string, Set<Client>>(); // by user

export const isOnline = (user: string) => tabs.has(user);
export const withPresence = (people: Person[]): Member[] =>
  people.map((person) => ({ ...person, online: isOnline(person.id) }));

/** Counts the socket, until it is gone. Its rooms hear of the first and of the last one of a person. */
export function count(socket: Client): void {
  const { id } = socket.data.user;
  const mine = tabs.get(id) ?? new Set();
  tabs.set(id, mine.add(socket));
  socket.on('disconnecting', () => {
    mine.delete(socket);
    if (mine.size > 0) return;
    if (tabs.get(id) === mine) tabs.delete(id);
    tell(socket, false);
  });
}

/** Tells the rooms of a socket about its person. Only who shares a room with somebody is told. */
export function tell(socket: Client, online: boolean): void {
  const shared = [...socket.rooms].filter((room) => room.startsWith('room:'));
  const { id, name } = socket.data.user;
  if (shared.length > 0) socket.to(shared).emit('presence', { id, name, online });
}

/** Whether it is the only socket of its person. */
export const isFirst = (socket: Client) => tabs.get(socket.data.user.id)?.size === 1;
