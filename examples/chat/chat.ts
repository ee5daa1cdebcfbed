// What a socket may do once it is in. Each event asks the database whether its person may.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../lib/refusal.ts';
import { handle } from './events.ts';
import type { Client } from './live.ts';
import { enter, followFirst, leave } from './membership.ts';
import { count, withPresence } from './presence.ts';
import { LOBBY } from './rooms.ts';
import { accounts, messages, rooms } from './store.ts';
import type { Room } from './wire.ts';

// #region shapes
// PostgreSQL takes no NUL in a text, SQLite does: the chat takes none.
const line = z.string().refine((text) => !text.includes('\0'));
const id = line.min(1).max(64);
const room = id.default(LOBBY);
const InRoom = z.object({ room }).default({ room: LOBBY });
const History = z.object({ room, before: z.int().positive().optional() }).default({ room: LOBBY });
const Create = z.object({ name: line.trim().min(1).max(60) });
const Invite = z.object({ room: id, name: line.min(1).max(64) });
const Remove = z.object({ room: id, user: id });
const Say = z.object({
  room,
  id: z
    .string()
    .regex(/^[\w-]{8,64}$/)
    .default(() => randomUUID()), // without one a resend is new
  text: line.trim().min(1).max(2_000),
});
// #endregion

/** Lets a socket into the chat. */
export function enterChat(socket: Client): void {
  const { user } = socket.data;
  const { nsp } = socket;
  count(socket);

  /** The room, if this person is in it. Whether it exists is nobody else's business. */
  const mine = async (name: string): Promise<Room> => {
    const found = await rooms.ofMember(name, user.id);
    if (!found) throw new Refusal('FORBIDDEN', user.id);
    return found;
  };
  /** The room, if this person decides who is in it: its owner, and in the lobby an admin. */
  const owned = async (name: string): Promise<Room> => {
    const found = await mine(name);
    const owns = found.owner === user.id || (found.id === LOBBY && user.role === 'admin');
    if (!owns) throw new Refusal('FORBIDDEN', user.id);
    return found;
  };

  handle(socket, 'whoami', () => user);
  handle(socket, 'rooms', async () => ({ rooms: await rooms.of(user.id) }));
  handle(socket, 'members', async (payload) => {
    const { id } = await mine(InRoom.parse(payload).room);
    return { members: withPresence(await rooms.members(id)) };
  });
  handle(socket, 'history', async (payload) => {
    const { room, before } = History.parse(payload);
    await mine(room);
    return messages.before(room, user.id, before);
  });

  // #region say
  handle(socket, 'say', async (payload) => {
    const { room, id, text } = Say.parse(payload); // no `from`: who speaks is known. lesson: rooms
    const kept = await messages.keep(room, { id: user.id, name: user.name }, id, text);
    if (!kept) throw new Refusal('FORBIDDEN', user.id);
    if (kept.fresh) nsp.to(`room:${room}`).emit('said', kept.message);
    return { ok: true, seq: kept.message.seq }; // only now: what is acknowledged is stored
  });
  // #endregion

  handle(socket, 'create', async (payload) => {
    const made = await rooms.create(user.id, Create.parse(payload).name);
    if (!made) throw new Refusal('RATE_LIMITED', user.id);
    await enter(nsp, user.id, made);
    return { room: made };
  });
  handle(socket, 'invite', async (payload) => {
    const { room, name } = Invite.parse(payload);
    const found = await owned(room);
    const guest = await accounts.findByName(name);
    if (!guest || guest.disabled) throw new Refusal('USER_UNKNOWN', user.id);
    await enter(nsp, guest.id, found);
    return { ok: true };
  });
  handle(socket, 'remove', async (payload) => {
    const { room, user: other } = Remove.parse(payload);
    const found = await owned(room);
    if (other === user.id) throw new Refusal('FORBIDDEN', user.id); // that is `leave`
    await leave(nsp, other, found.id);
    return { ok: true };
  });
  handle(socket, 'leave', async (payload) => {
    const found = await mine(InRoom.parse(payload).room);
    await leave(nsp, user.id, found.id);
    return { ok: true };
  });

  void followFirst(socket);
}
