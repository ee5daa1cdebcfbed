// What a client may do once it is in: rooms, messages, notifications. Copy this too.
import { z } from 'zod';
import { log } from '../lib/log.ts';
import { Refusal } from '../lib/refusal.ts';
import { users } from '../lib/users.ts';
import { within } from '../lib/within.ts';
import { handle } from './handle.ts';
import { members } from './members.ts';
import { mustBelong } from './membership.ts';
import { socketsOf } from './presence.ts';
import type { Client } from './server.ts';

// #region schemas
type Asked = 'whoami' | 'join' | 'leave' | 'say' | 'notify' | 'admit' | 'expel';
export type Heard = Record<Asked, (...args: unknown[]) => void>;
export type Told = Record<'said' | 'left' | 'online' | 'ended', (message: object) => void> & {
  notified: (message: object, seen: (answer: unknown) => void) => void;
};

const Name = z.string().regex(/^[a-z]{1,20}$/);
const Id = z.string().regex(/^\w{1,40}$/);
const Text = z.string().trim().min(1).max(500);
const Room = z.object({ room: Name });
const Say = z.object({ room: Name.default('lobby'), text: Text }); // no `from`: the server knows it
const Notify = z.object({ to: Id, text: Text });
const Change = z.object({ group: z.string().regex(/^(room|team):[a-z]{1,20}$/), user: Id });
// #endregion

// #region rooms
/** Lets a socket speak and hear. `flood` ends one that does not stop sending. */
export function enter(socket: Client, flood: () => void): void {
  const { user } = socket.data;
  const from = { id: user.id, name: user.name };
  socket.join('room:lobby');
  handle(socket, flood, 'whoami', z.unknown(), () => user);
  handle(socket, flood, 'join', Room, async ({ room }) => {
    await mustBelong(`room:${room}`, user.id);
    socket.join(`room:${room}`); // the server joins; after a disconnect this does nothing
  });
  handle(socket, flood, 'leave', Room, ({ room }) => {
    socket.leave(`room:${room}`);
  });
  handle(socket, flood, 'say', Say, ({ room, text }) => {
    if (!socket.rooms.has(`room:${room}`)) throw new Refusal('FORBIDDEN');
    socket.nsp.to(`room:${room}`).emit('said', { from, room, text });
  });
  handle(socket, flood, 'notify', Notify, async ({ to, text }) => {
    if (!(await within(3_000, members.share(user.id, to)))) throw new Refusal('FORBIDDEN');
    const theirs = socket.nsp.to(`user:${to}`).timeout(2_000); // every tab of that person
    const answers: unknown[] = await theirs
      .emitWithAck('notified', { from, text })
      .catch(({ responses }) => responses); // a tab that does not answer spoils nothing
    return { seen: answers.includes(true) }; // an answer is a payload too: any JSON, or none
  });
}
// #endregion

// #region out
/** Whose membership has ended hears nothing more from the room, and is told why. */
function putOut(socket: Client, group: string): void {
  if (!group.startsWith('room:') || !socket.rooms.has(group)) return;
  socket.leave(group);
  socket.emit('left', { room: group.slice('room:'.length), ...new Refusal('FORBIDDEN').data });
}
members.on('lost', (group, userId) => {
  for (const socket of socketsOf(userId)) putOut(socket, group);
});

/** For a store that announces nothing. Throws when the team of the namespace is lost. */
export async function lookAgain(socket: Client): Promise<void> {
  for (const group of socket.rooms) {
    if (!/^(room|team):/.test(group)) continue;
    try {
      await mustBelong(group, socket.data.user.id);
    } catch (error) {
      if (error instanceof Refusal && error.data.code !== 'FORBIDDEN') continue; // an outage
      if (group.startsWith('team:')) throw error;
      putOut(socket, group);
    }
  }
}
// #endregion

// #region admin
/** What /admin adds. Who may do this is asked at each event: the door was a while ago. */
export function administer(socket: Client, flood: () => void): void {
  const { id } = socket.data.user;
  for (const [event, change] of [
    ['admit', 'add'],
    ['expel', 'remove'],
  ] as const) {
    handle(socket, flood, event, Change, async ({ group, user }) => {
      const admin = await within(3_000, users.findById(id));
      if (admin?.role !== 'admin' || admin.disabled) throw new Refusal('FORBIDDEN');
      if (!(await members[change](group, user))) throw new Refusal('BAD_PAYLOAD');
      log(event, { user, to: group, by: id });
    });
  }
}
// #endregion
