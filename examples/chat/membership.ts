// The rooms of a socket follow the table of members: the server joins, and nobody else. lesson: rooms
import { type ChatServer, type Client, end } from './live.ts';
import { isFirst, tell } from './presence.ts';
import { rooms } from './store.ts';
import type { Room } from './wire.ts';

// Counts the changes of a user's memberships. What was read before a change is out of date.
const changes = new Map<string, number>();
const changesOf = (user: string) => changes.get(user) ?? 0;

// #region follow
/** Joins the rooms of the database, and leaves what is no longer among them. */
export async function follow(socket: Client): Promise<boolean> {
  const { id } = socket.data.user;
  for (;;) {
    const before = changesOf(id);
    const mine = (await rooms.of(id)).map((room) => `room:${room.id}`);
    if (!socket.connected) return false;
    if (before !== changesOf(id)) continue; // somebody was invited or removed meanwhile
    for (const room of socket.rooms) {
      if (room.startsWith('room:') && !mine.includes(room)) socket.leave(room);
    }
    socket.join(mine); // a prefix of our own: no id that a client names is another's socket
    return true;
  }
}
// #endregion

/** The first time: says `ready`, for from here on the client misses nothing. */
export async function followFirst(socket: Client): Promise<void> {
  try {
    if (!(await follow(socket))) return;
    socket.emit('ready');
    if (isFirst(socket)) tell(socket, true);
  } catch (error) {
    console.error(error);
    end(socket, 'AUTH_UNAVAILABLE'); // in, but deaf: let it come again
  }
}

// #region change
/** Makes the account a member, and tells all of its devices. */
export async function enter(nsp: ReturnType<ChatServer['of']>, user: string, room: Room) {
  await rooms.add(room.id, user);
  changes.set(user, changesOf(user) + 1);
  nsp.in(`user:${user}`).socketsJoin(`room:${room.id}`);
  nsp.to(`user:${user}`).emit('entered', room);
}

/** Takes the account out. From the next line on its sockets hear nothing of the room. */
export async function leave(nsp: ReturnType<ChatServer['of']>, user: string, room: string) {
  await rooms.remove(room, user);
  changes.set(user, changesOf(user) + 1);
  nsp.in(`user:${user}`).socketsLeave(`room:${room}`);
  nsp.to(`user:${user}`).emit('left', { id: room });
}
// #endregion
