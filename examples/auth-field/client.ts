// The page's client: memory holds the token, so a reload signs out. No storage has it for a script to read.
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
  for (const id of ['#valid', '#tampered', '#admin', '#logout']) button(id).disabled = !token;
  for (const id of ['#say button', '#whoami']) button(id).disabled = !connected;
}

// #region connect
/** A new socket for each try: an old one would keep its buffer, and say one user's words as another. */
function connect(auth: { token?: string }, namespace = '/'): void {
  socket?.disconnect();
  const current = io(namespace, { auth, forceNew: true });
  socket = current;
  tell(`CONNECT ${namespace} ${auth.token ? 'with a token' : 'without a token'}`);
  current.on('connect', () => {
    tell(`connected as socket ${current.id}`, 'yes');
    show();
  });
  current.on('connect_error', (error: Error & { data?: Reason }) => {
    tell(`refused: ${error.data?.code ?? error.message}. ${error.data?.message ?? ''}`, 'no');
    show(); // current.active is false after a refusal: Socket.IO does not try again, nor do we
  });
  current.on('ended', ({ code, message }: Reason) => tell(`ended: ${code}. ${message}`, 'no'));
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`, 'no');
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
  socket?.disconnect(); // it belongs to the login before
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
    tell('TOKEN_TTL=10 npm run example auth-field');
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

on('#logout', signOut);
on('#valid', () => token && connect({ token }));
on('#none', () => connect({}));
on('#garbage', () => connect({ token: 'not a token' }));
on('#tampered', tampered);
on('#expire', expire);
on('#admin', () => token && connect({ token }, '/admin'));
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));

onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});
show();
