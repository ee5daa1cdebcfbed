// Compiled, and not run: what the compiler says of a server. `@ts-expect-error` holds its own words.
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';

// #region maps
type Person = { id: string; name: string };
/** What clients send: of its payloads nothing is known. */
type Heard = { say: (...args: unknown[]) => void };
/** What this server sends. */
type Told = { said: (message: { from: Person; text: string }) => void };
/** What this server's nodes send each other. */
type Between = { gone: (userId: string) => void };
/** What stands on each socket, after the check. */
type Login = { user: Person; until: number };

const io = new Server<Heard, Told, Between, Login>();
// #endregion

// #region events
io.on('connection', (socket) => {
  // @ts-expect-error: Argument of type '"sya"' is not assignable to parameter of type
  socket.on('sya', () => {});
  // @ts-expect-error: Argument of type '"sayd"' is not assignable to parameter of type '"said"'
  socket.emit('sayd', { from: socket.data.user, text: 'hello' });
  // @ts-expect-error: Property 'from' is missing in type
  socket.emit('said', { text: 'hello' });
});
// #endregion

// #region any
const anything = new Server();
anything.on('connection', (socket) => {
  socket.on('sya', ({ txet }) => socket.emit('sayd', txet.trim()));
  console.log(socket.data.usr.nmae);
});
// #endregion

// #region before
io.on('connection', (socket) => {
  socket.use(([event, payload]) => console.log(event, payload.text)); // compiles: the payload is any
  socket.onAny((event, payload) => console.log(event, payload.text)); // so it is here
});
// #endregion

// #region promised
type Promised = { say: (payload: { text: string }) => void };

function trusts(socket: Socket<Promised, Told>): void {
  socket.on('say', ({ text }) => console.log(text.trim()));
}
// #endregion

// #region unknown
const Say = z.object({ text: z.string().trim().min(1).max(500) });

function looks(socket: Socket<Heard, Told>): void {
  socket.on('say', (payload) => {
    // @ts-expect-error: 'payload' is of type 'unknown'
    console.log(payload.text);
    console.log(Say.parse(payload).text);
  });
}
// #endregion

// #region handshake
io.use(({ handshake }, next) => {
  handshake.auth['token'].split('.'); // auth holds any: the compiler says nothing
  const token: unknown = handshake.auth['token'];
  // @ts-expect-error: 'token' is of type 'unknown'
  token.split('.');
  // @ts-expect-error: Property 'split' does not exist on type 'string[]'
  handshake.query['token']?.split('.');
  next();
});
// #endregion

// #region data
io.use((socket, next) => {
  console.log(socket.data.user.name); // compiles, and throws: nothing has put it there yet
  next();
});

type WithUser = Socket<Heard, Told, Between, Login> & { user?: Person };

io.on('connection', async (socket: WithUser) => {
  socket.user = socket.data.user; // the type of the parameter lets it in
  for (const other of await io.fetchSockets()) {
    console.log(other.data.user.name);
    // @ts-expect-error: Property 'user' does not exist on type 'RemoteSocket
    console.log(other.user.name);
  }
});

// #endregion

export { looks, trusts };
