// The page's client. What an app needs of it stands in tokens.ts.
import { io, type Socket } from 'socket.io-client';
import { button, find, on, onSubmit, tell, tellRefusal } from '../lib/dom.ts';
import { keepIn, type Reason, Tokens } from './tokens.ts';

const tokens = new Tokens();
let socket: Socket | undefined;
let leave = () => {};

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function show(): void {
  const connected = socket?.connected ?? false;
  const who = tokens.user ? `Signed in as ${tokens.user.name}` : 'Signed out';
  find('#state', HTMLElement).textContent = `${who}, ${connected ? 'connected' : 'not connected'}.`;
  for (const id of ['#valid', '#object', '#refresh', '#logout']) {
    button(id).disabled = !tokens.user;
  }
  for (const id of ['#say button', '#whoami', '#cut']) button(id).disabled = !connected;
}

const words = ({ code, message }: Reason) => (code ? `${code}. ${message}` : message);

/** Tells what happens to a socket. */
function watch(current: Socket): void {
  current.on('connect', () => tell(`connected as socket ${current.id}`, 'yes'));
  current.on('connect_error', ({ message, data }: Error & { data?: Reason }) => {
    tell(data ? `refused: ${words(data)}` : `not connected: ${message}`, 'no');
  });
  current.on('ended', (reason: Reason) => tell(`ended: ${words(reason)}`, 'no'));
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`, reason === 'io client disconnect' ? '' : 'no');
  });
  current.on('said', ({ from, text }: { from: { name: string }; text: string }) => {
    tell(`${from.name}: ${text}`);
  });
  for (const event of ['connect', 'connect_error', 'disconnect']) current.on(event, show);
  current.onAnyOutgoing(
    (event) => event === 'renew' && tell('new token for the open socket', 'yes'),
  );
}

function begin(options: object): Socket {
  leave();
  leave = () => {};
  socket?.disconnect();
  socket = io({ ...options, forceNew: true }); // a new one for each login: no buffer of the last user
  watch(socket);
  return socket;
}

// #region connect
function connect(): void {
  leave = keepIn(begin({ auth: tokens.auth }), tokens, (reason) => {
    tell(`signed out: ${words(reason)}`, 'no');
    leave();
    tokens.forget();
    show();
  });
}
// #endregion

/** The token of now, for good: what not to do. */
async function connectWithObject(): Promise<void> {
  const token = await tokens.current();
  begin({ auth: { token } });
  tell('this socket has its token in an object, and nobody renews it');
  tell('TOKEN_TTL=10 npm run example refresh-rotation lets you watch its end');
}

async function signIn(): Promise<void> {
  const body = JSON.stringify(Object.fromEntries(new FormData(loginForm)));
  const headers = { 'Content-Type': 'application/json' };
  const askedAt = performance.now();
  const response = await fetch('/login', { method: 'POST', headers, body });
  if (!response.ok) return tellRefusal(response);
  leave();
  socket?.disconnect(); // it belongs to the login before
  tokens.forget();
  tokens.accept(await response.json(), askedAt);
  tell(`signed in as ${tokens.user?.name}`, 'yes');
  show();
}

async function signOut(): Promise<void> {
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${await tokens.current()}`,
  };
  const response = await fetch('/logout', { method: 'POST', headers, body: '{}' });
  const gone = response.ok || (await response.json()).code === 'TOKEN_INVALID'; // or was before
  if (!gone) return tell('not signed out: the server could not do it. Try again.', 'no');
  leave();
  tokens.forget();
  tell('signed out');
  show();
}

async function refresh(): Promise<void> {
  await tokens.refresh();
  tell('a new access token, and a new cookie', 'yes');
}

on('#valid', connect);
on('#object', connectWithObject);
on('#none', () => begin({}));
on('#refresh', refresh);
on('#cut', () => socket?.io.engine.close());
on('#logout', signOut);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));

onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(words(answer.error), 'no');
  else sayForm.reset();
});

show();
// A reload loses the access token. The cookie gets another, if there is a login.
tokens.refresh().then(
  () => {
    tell(`signed in as ${tokens.user?.name}, by the cookie`, 'yes');
    show();
  },
  () => {},
);
