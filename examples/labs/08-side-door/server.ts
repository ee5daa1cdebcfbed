// A chat with a desk for admins and a namespace for each project. Each socket has to bring a token.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from '../../lib/listen.ts';
import { users } from '../../lib/users.ts';
import type { Login } from '../server/check.ts';
import { authenticate, countIn, watchDoors } from '../server/door.ts';
import { chat, handle } from '../server/events.ts';
import { routes } from '../server/http.ts';
import { ownOrigin, safe } from '../server/origin.ts';
import { type Client, type Heard, track } from '../server/sockets.ts';

const http = createServer(routes());
const io: Server<Heard, Heard, Heard, Login> = new Server(http, safe);
watchDoors(io);

// #region doors
io.use(authenticate);
io.on('connection', (socket) => {
  countIn(socket);
  track(socket);
  chat(socket);
});

/** The desk of the admins: who is here, and out with them. */
io.of('/admin').on('connection', (socket: Client) => {
  handle(socket, 'members', async () => {
    const sockets = await io.fetchSockets();
    return sockets.map(({ data }) => data.user);
  });
  handle(socket, 'disable', async (payload) => {
    await users.disable(String(payload));
    return { ok: true };
  });
});

/** A namespace for each project, such as /project-7. */
io.of(/^\/project-\d{1,4}$/).on('connection', (socket: Client) => {
  socket.emit('plan', { project: socket.nsp.name, budget: 120_000 });
  handle(socket, 'note', (payload) => {
    socket.nsp.emit('noted', payload);
    return { ok: true };
  });
});
// #endregion

ownOrigin(await listen(http, io, 3108));
