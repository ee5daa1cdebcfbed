// The packets of: rooms. A server whose clients name the room, and say who they are.
import type { Server } from 'socket.io';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** Joins what it is told to join, and passes on what it is told. */
export function trusting(io: Server): void {
  // #region trusting
  io.on('connection', (socket) => {
    socket.join(`user:${socket.data.user.id}`); // for notifications, and for the logout
    socket.on('join', (room) => socket.join(room));
    socket.on('leave', (room) => socket.leave(room));
    socket.on('say', (message) => io.to(message.room).emit('said', message));
  });
  // #endregion
}

/** Signs everybody in as who they say they are: this is about what comes after. */
export function signedIn(io: Server): void {
  io.use((socket, next) => {
    socket.data.user = socket.handshake.auth;
    next();
  });
}

export async function record({ plainServer, shareExample, keep, send }: Run): Promise<void> {
  const { io, origin } = await plainServer();
  signedIn(io);
  trusting(io);
  const bob = await openWebSocket(origin);
  await send(bob, '40{"id":"u2"}');
  await bob.answer();
  await send(bob, '42["join","user:u1"]');
  await send(bob, '42["say",{"room":"user:u1","from":"root","text":"you are dismissed"}]');
  await bob.next('42["said"');
  io.to('user:u1').emit('notified', { text: 'Your code is 481 220.' });
  await bob.next('42["notified"');

  const example = await shareExample('rooms');
  const ann = await openWebSocket(example.origin);
  await ann.connect({ token: example.sign() });
  await send(ann, '421["join",{"room":"kitchen"}]');
  await ann.next('431');
  await send(ann, '422["join",{"room":"board"}]');
  await ann.next('432');
  await send(ann, '423["join",{"room":"user:u2"}]');
  await ann.next('433');
  await send(ann, '424["say",{"room":"kitchen","text":"tea?","from":{"name":"root"}}]');
  await ann.next('434');
  for (const raw of [bob, ann]) keep(...raw.packets);
}
