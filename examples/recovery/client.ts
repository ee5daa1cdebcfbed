// The page's client: one socket for each login, which comes back by itself when its connection breaks.
import { io, type Socket } from 'socket.io-client';
import { button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

type Said = { from: { name: string }; text: string };

let token: string | undefined;
let name = '';
let socket: Socket | undefined;
let pid = ''; // in the answer to CONNECT
let offset = ''; // behind each event: the last one says how much this page has heard

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function show(): void {
  const connected = socket?.connected ?? false;
  const who = token ? `Signed in as ${name}` : 'Signed out';
  find('#state', HTMLElement).textContent = `${who}, ${connected ? 'connected' : 'not connected'}.`;
  for (const id of ['#valid', '#logout']) button(id).disabled = !token;
  for (const id of ['#say button', '#whoami']) button(id).disabled = !connected;
  for (const id of ['#drop', '#leave', '#none', '#foreign']) {
    button(id).disabled = !(connected && offset);
  }
}

// #region connect
/** `recovered` is true only where the server gave the session back, and with it what was missed. */
function listen(current: Socket): void {
  current.on('connect', () => {
    const how = current.recovered ? 'back, recovered, as the same socket' : 'connected as socket';
    tell(`${how} ${current.id}`, 'yes');
    show();
  });
  current.on('connect_error', (error: Error & { data?: Reason }) => {
    tell(`refused: ${error.data?.code ?? error.message}. ${error.data?.message ?? ''}`, 'no');
    show();
  });
  readAlong(current);
  current.on('ended', ({ code, message }: Reason) => tell(`ended: ${code}. ${message}`, 'no'));
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`, 'no');
    show();
  });
  current.on('said', ({ from, text }: Said) => tell(`${from.name}: ${text}`));
}

/** The client keeps pid and offset by itself. Here the page reads them too, to play the thief. */
function readAlong(current: Socket): void {
  current.io.on('open', () => {
    current.io.engine.on('packet', ({ type, data }) => {
      if (type === 'message' && /^0\{/.test(data)) pid = JSON.parse(data.slice(1)).pid;
    });
  });
  current.onAny((...args) => {
    offset = args.at(-1);
    show();
  });
}
// #endregion

/** A new socket for each login. `auth` is asked at each CONNECT: it gives the token of that moment. */
function connect(): void {
  socket?.disconnect();
  offset = '';
  socket = io({ auth: (send) => send(token ? { token } : {}), forceNew: true });
  listen(socket);
}

/** Signs in, with the password of the form: it is that of all. */
async function tokenFor(username: string): Promise<string> {
  const { password } = Object.fromEntries(new FormData(loginForm));
  const body = JSON.stringify({ username, password });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/login', { method: 'POST', headers, body });
  if (!response.ok) await tellRefusal(response);
  return response.ok ? (await response.json()).token : '';
}

async function signIn(): Promise<void> {
  const username = String(new FormData(loginForm).get('username'));
  const fresh = await tokenFor(username);
  if (!fresh) return;
  socket?.disconnect(); // it belongs to the login before
  token = fresh;
  name = username;
  tell(`signed in as ${name}`, 'yes');
  show();
}

async function signOut(): Promise<void> {
  await fetch('/logout', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  token = undefined;
  tell('signed out');
  show();
}

/** Breaks the connection under the socket, as a tunnel does. Resolves when the socket knows. */
async function drop(dropped: Socket): Promise<void> {
  dropped.io.reconnection(false); // for this page decides when it comes back
  const gone = new Promise((resolve) => dropped.once('disconnect', resolve));
  dropped.io.engine.close();
  await gone;
}

/** Somebody else talks meanwhile. */
async function rootSays(...texts: string[]): Promise<void> {
  const auth = { token: await tokenFor('root') };
  const root = io({ auth, forceNew: true, reconnection: false });
  for (const text of texts) await root.emitWithAck('say', { text });
  root.disconnect();
}

/** Drops the line, lets root speak, and connects again: the client presents its pid by itself. */
async function dropAndReturn(): Promise<void> {
  const dropped = socket;
  if (!dropped) return;
  await drop(dropped);
  await rootSays('the first', 'the second', 'the third');
  tell('root has said three things, and this page has heard none of them');
  dropped.io.reconnection(true);
  dropped.connect();
}

// #region thief
/** As somebody would who has read the pid and the offset of this page, and presents what he likes. */
async function steal(present: () => Promise<{ token?: string }>): Promise<void> {
  if (!socket) return;
  await drop(socket);
  await rootSays('for those who are in');
  socket = io({ auth: { ...(await present()), pid, offset }, forceNew: true });
  tell(`CONNECT with the pid of ${name}`);
  listen(socket);
}
// #endregion

on('#logout', signOut);
on('#valid', connect);
on('#drop', dropAndReturn);
on('#none', () => steal(async () => ({})));
on('#foreign', () => steal(async () => ({ token: await tokenFor('bob') })));
on('#leave', () =>
  steal(async () => {
    const before = token ? { token } : {};
    await signOut();
    return before;
  }),
);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));

onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});
show();
