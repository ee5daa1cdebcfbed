// The page's client. Memory holds the token, which is safe; the URL does not, and that is the lesson.
import { io, type Socket } from 'socket.io-client';
import { button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

let token: string | undefined;
let name = '';
let socket: Socket | undefined;

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function show(state = ''): void {
  const connected = socket?.connected ?? false;
  const who = token ? `Signed in as ${name}` : 'Signed out';
  find('#state', HTMLElement).textContent =
    state || `${who}, ${connected ? 'connected' : 'not connected'}.`;
  for (const id of ['#valid', '#tampered', '#admin', '#traces', '#logout'])
    button(id).disabled = !token;
  for (const id of ['#say button', '#whoami', '#change']) button(id).disabled = !connected;
}

// #region connect
/** `query` becomes part of the URL of every request of this connection. */
function connect(query: { token?: string }, namespace = '/'): void {
  socket?.disconnect();
  const current = io(namespace, { query, forceNew: true });
  socket = current;
  const url = `/socket.io/?${query.token ? `token=${query.token}&` : ''}EIO=4&transport=polling`;
  tell(`GET ${url}, then CONNECT ${namespace}`);
  current.on('connect', () => {
    tell(`connected as socket ${current.id}`, 'yes');
    show();
  });
  current.on('connect_error', ({ message, data }: Error & { data?: Reason }) => {
    tell(data ? `refused: ${data.code}. ${data.message}` : `not connected: ${message}`, 'no');
    show(); // after a refusal current.active is false: Socket.IO does not try again, nor do we
  });
  current.on('ended', ({ code, message }: Reason) => tell(`ended: ${code}. ${message}`, 'no'));
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`, reason === 'io client disconnect' ? '' : 'no');
    show();
  });
  current.on('said', ({ from, text }: { from: { name: string }; text: string }) => {
    tell(`${from.name}: ${text}`);
  });
}
// #endregion

async function signIn(): Promise<boolean> {
  const body = JSON.stringify(Object.fromEntries(new FormData(loginForm)));
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/login', { method: 'POST', headers, body });
  if (!response.ok) {
    await tellRefusal(response);
    return false;
  }
  const answer = await response.json();
  socket?.disconnect(); // it came with the login from before, and would go on as that user
  token = answer.token;
  name = String(new FormData(loginForm).get('username'));
  tell(`signed in as ${name}`, 'yes');
  show();
  return true;
}

async function signOut(): Promise<void> {
  await fetch('/logout', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  token = undefined;
  tell('signed out');
  show();
}

/** Reads `exp` for display. Only the server can verify a token: only it holds the key. */
function secondsLeft(jwt: string): number {
  const claims = JSON.parse(atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
  return Math.ceil(claims.exp - Date.now() / 1000);
}

async function expire(): Promise<void> {
  if (!(await signIn()) || !token) return;
  if (secondsLeft(token) > 60) {
    tell('This token lives too long to wait for. Stop the server and start it again with');
    tell('TOKEN_TTL=10 npm run example query-token');
    return;
  }
  const mine = token;
  connect({ token: mine });
  const tick = setInterval(() => {
    const left = secondsLeft(mine);
    show(left > 0 ? `The token expires in ${left} s.` : '');
    if (left <= 0 || token !== mine) clearInterval(tick);
  }, 250);
}

function tampered(): void {
  const [head, , signature] = (token ?? '').split('.');
  const claims = { sub: 'u3', jti: 'x', iat: 0, exp: 9_999_999_999 };
  connect({ token: [head, btoa(JSON.stringify(claims)).replace(/=/g, ''), signature].join('.') });
}

// #region traces
/** Where the token stands now: with whoever keeps the URLs, and with every script of this page. */
async function traces(): Promise<void> {
  const mine = token ?? '';
  const response = await fetch('/access-log', { headers: { Authorization: `Bearer ${mine}` } });
  const answer = await response.json();
  if (!response.ok) return tell(`access log ${response.status}: ${answer.message}`, 'no');
  const lines: string[] = answer;
  tell(`Lines of the server's access log with your token in them: ${lines.length}.`);
  for (const line of lines.slice(-2)) tell(line);
  const entries = performance
    .getEntriesByType('resource')
    .filter((each) => each.name.includes(mine));
  tell(`Performance entries of this page with it, for any script to read: ${entries.length}.`);
}
// #endregion

/** The URL was read at the handshake: only a new connection asks with a new one. */
async function change(): Promise<void> {
  if (!socket) return;
  socket.io.opts.query = { token: 'not a token' };
  tell('The query is changed to garbage.');
  tell(`Nothing happens: you are ${(await socket.emitWithAck('whoami')).name}. Now the cut:`);
  socket.io.engine.close(); // Socket.IO connects anew by itself
}

on('#logout', signOut);
on('#valid', () => token && connect({ token }));
on('#none', () => connect({}));
on('#garbage', () => connect({ token: 'not a token' }));
on('#tampered', tampered);
on('#expire', expire);
on('#admin', () => token && connect({ token }, '/admin'));
on('#traces', traces);
on('#change', change);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));
onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});
show();
