// Compiled, and not run: what the compiler knows of a session on a socket.
import type { Request } from 'express';
import type {} from 'express-session';
import { Server } from 'socket.io';

const io = new Server();

// #region merged
declare module 'express-session' {
  interface SessionData {
    color?: string;
  }
}
// #endregion

// #region request
io.on('connection', (socket) => {
  // @ts-expect-error: Property 'session' does not exist on type 'IncomingMessage'
  console.log(socket.request.session.color);

  const { session } = socket.request as Request; // what express-session has put there
  console.log(session.color?.trim());
  // @ts-expect-error: Property 'colour' does not exist on type 'Session & Partial<SessionData>'
  console.log(session.colour);
});
// #endregion
