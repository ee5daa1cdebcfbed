// The packets of: namespaces. A server that guards the main namespace, and adds another one.
import type { Server, Socket } from 'socket.io';
import { openWebSocket } from '../../support/raw.ts';
import type { Run } from './run.ts';

/** Checks a token at `/`; what is in `/admin` checks nothing. */
export function openAdmin(
  io: Server,
  check: (token: unknown) => boolean,
  expel: (who: unknown) => void,
): void {
  // #region open-admin
  io.use((socket, next) => {
    check(socket.handshake.auth.token) ? next() : next(new Error('unauthorized'));
  });
  io.of('/admin').on('connection', (socket) => {
    socket.on('expel', (who, answer) => {
      expel(who);
      answer({ ok: true });
    });
  });
  // #endregion
}

/** The user is set by the hook, and asked for on the parent. */
export function lateUser(
  io: Server,
  authenticate: (socket: Socket, next: (error?: Error) => void) => void,
): void {
  // #region late-user
  io.on('new_namespace', (namespace) => void namespace.use(authenticate));
  const teams = io.of(/^\/team-\w+$/);
  teams.use((socket, next) => {
    const { user } = socket.data; // nobody yet: the hook's middleware runs after this one
    user.teams.includes(socket.nsp.name) ? next() : next(new Error('not your team'));
  });
  // #endregion
}

/** The same, with a user for everybody. */
export function lateTeams(io: Server): void {
  lateUser(io, (socket, next) => {
    socket.data.user = { teams: ['/team-red'] };
    next();
  });
}

export async function record({ plainServer, shareExample, keep, send }: Run): Promise<void> {
  const plain = await plainServer();
  openAdmin(
    plain.io,
    () => false,
    () => {},
  );
  const stranger = await openWebSocket(plain.origin);
  await send(stranger, '40');
  await stranger.answer();
  await send(stranger, '40/admin,');
  await stranger.answer('/admin');
  await send(stranger, '42/admin,1["expel","bob"]');
  await stranger.next('43');

  const example = await shareExample('rooms');
  const ann = await openWebSocket(example.origin);
  const token = example.sign();
  await send(ann, `40/team-red,${JSON.stringify({ token })}`);
  await ann.answer('/team-red');
  await send(ann, `40/team-blue,${JSON.stringify({ token })}`);
  await ann.answer('/team-blue');
  for (const raw of [stranger, ann]) keep(...raw.packets);
}
