// The page's client: memory holds the token, so a reload signs out. No storage has it for a script to read.
import { io, type Socket } from 'socket.io-client';
import { button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

type Answer = { token: string; idToken: string };

let token: string | undefined;
let idToken: string | undefined;
let name = '';
let socket: Socket | undefined;

const needToken = ['#valid', '#kid', '#tampered', '#id-token', '#logout', '#rotate', '#withdraw'];
needToken.push('#down', '#up');

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function show(state = ''): void {
  const connected = socket?.connected ?? false;
  const who = token ? `Signed in as ${name}` : 'Signed out';
  find('#state', HTMLElement).textContent =
    state || `${who}, ${connected ? 'connected' : 'not connected'}.`;
  for (const id of needToken) button(id).disabled = !token;
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

/** Asks the issuer for tokens, as the page of this chat or as another app of the same issuer. */
async function askIssuer(client?: string): Promise<Answer | undefined> {
  const body = JSON.stringify({ ...Object.fromEntries(new FormData(loginForm)), client });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/login', { method: 'POST', headers, body });
  if (response.ok) return response.json();
  await tellRefusal(response);
  return undefined;
}

async function signIn(): Promise<boolean> {
  const answer = await askIssuer();
  if (!answer) return false;
  socket?.disconnect(); // it belongs to the login before
  token = answer.token;
  idToken = answer.idToken;
  name = String(new FormData(loginForm).get('username'));
  tell(`signed in as ${name}; the token names the key ${headerOf(token).kid.slice(0, 8)}…`, 'yes');
  show();
  return true;
}

/** Presents a good token that another app of the same issuer has got for the same user. */
async function another(client: string): Promise<void> {
  const answer = await askIssuer(client);
  if (answer) connect({ token: answer.token });
}

/** What an admin does at the issuer. No server is told of it. */
async function atIssuer(work: string, what: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`/issuer/${work}`, { method: 'POST', headers });
  if (response.ok) return tell(what, 'yes');
  const { code, message } = await response.json();
  tell(`the issuer refused: ${code}. ${message}`, 'no');
}

async function signOut(): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch('/logout', { method: 'POST', headers });
  if (!response.ok) return tell(`not signed out: ${(await response.json()).code}`, 'no');
  token = undefined;
  idToken = undefined;
  tell('signed out');
  show();
}

/** Reads a part of a token for display. It verifies nothing. */
function read(part = ''): { alg: string; kid: string; exp: number } {
  return JSON.parse(atob(part.replace(/-/g, '+').replace(/_/g, '/')));
}
const headerOf = (jwt: string) => read(jwt.split('.')[0]);
const secondsLeft = (jwt: string) => Math.ceil(read(jwt.split('.')[1]).exp - Date.now() / 1000);

async function expire(): Promise<void> {
  if (!(await signIn()) || !token) return;
  if (secondsLeft(token) > 60) {
    tell('This token lives too long to wait for. Stop the server and start it again with');
    tell('TOKEN_TTL=10 npm run example jwks');
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

const encode = (part: object) =>
  btoa(JSON.stringify(part)).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_');

/** The same token with another header, or with other claims. The signature stays what it was. */
function change(header: object, claims?: object): void {
  const [, payload, signature] = (token ?? '').split('.');
  const head = encode({ ...headerOf(token ?? ''), ...header });
  connect({ token: [head, claims ? encode(claims) : payload, signature].join('.') });
}

on('#logout', signOut);
on('#valid', () => token && connect({ token }));
on('#none', () => connect({}));
on('#kid', () => change({ kid: crypto.randomUUID() }));
on('#tampered', () => change({}, { sub: 'u3', jti: 'x', iat: 0, exp: 9_999_999_999 }));
on('#id-token', () => idToken && connect({ token: idToken }));
on('#audience', () => another('photo-page'));
on('#client', () => another('chat-bot'));
on('#expire', expire);
on('#rotate', () => atIssuer('rotate', 'the issuer signs with a new key from now on'));
on('#withdraw', () => atIssuer('withdraw', 'the issuer has withdrawn all keys but a new one'));
on('#down', () => atIssuer('down', 'the issuer is down: no keys, no login'));
on('#up', () => atIssuer('up', 'the issuer is back'));
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));

onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});
show();
