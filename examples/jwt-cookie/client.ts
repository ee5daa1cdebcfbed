// The page's client. The browser keeps the token, in a cookie that no script can read: there is none
// in this file, and a reload leaves you signed in.
import { io, type Socket } from 'socket.io-client';
import { attempt, button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

let name = ''; // what GET /me said last
let asked = 0;
let socket: Socket | undefined;

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function show(): void {
  const connected = socket?.connected ?? false;
  find('#state', HTMLElement).textContent =
    `${name ? `Signed in as ${name}` : 'Signed out'}, ${connected ? 'connected' : 'not connected'}.`;
  for (const id of ['#logout', '#second']) button(id).disabled = !name;
  for (const id of ['#say button', '#whoami']) button(id).disabled = !connected;
}

// #region connect
/** No credential in sight: the browser adds its cookies to the handshake, on either transport. */
function connect(transports = ['polling', 'websocket']): void {
  socket?.disconnect();
  const current = io({ transports, forceNew: true });
  socket = current;
  tell(`CONNECT by ${transports.join(', then by ')}, with the cookies that the browser has`);
  current.on('connect', () => {
    tell(`connected as socket ${current.id}`, 'yes');
    show();
    attempt(me); // another tab may have signed in as somebody else, or out
  });
  current.on('connect_error', ({ message, data }: Error & { data?: Reason }) => {
    tell(data ? `refused: ${data.code}. ${data.message}` : `not connected: ${message}`, 'no');
    show(); // after a refusal current.active is false: Socket.IO does not try again, nor do we
    if (data && name) attempt(me);
  });
  current.on('ended', ({ code, message }: Reason) => {
    tell(`ended: ${code}. ${message}`, 'no');
    attempt(me);
  });
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`, reason === 'io client disconnect' ? '' : 'no');
    show();
  });
  current.on('said', ({ from, text }: { from: { name: string }; text: string }) => {
    tell(`${from.name}: ${text}`);
  });
}
// #endregion

/** Asks who we are whenever that may have changed: a script cannot look into the cookie. */
async function me(): Promise<void> {
  asked += 1;
  const mine = asked;
  const response = await fetch('/me');
  const answer = await response.json();
  if (mine !== asked) return; // a later question is on its way
  if (response.status >= 500) return tell(`GET /me ${response.status}: ${answer.message}`, 'no');
  name = response.ok ? answer.name : '';
  show();
}

/** JSON alone is taken, even for nothing: a foreign page may not send JSON unasked. */
function post(url: string, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function signIn(): Promise<boolean> {
  const response = await post('/login', Object.fromEntries(new FormData(loginForm)));
  if (!response.ok) {
    await tellRefusal(response);
    return false;
  }
  socket?.disconnect(); // it came with the cookie from before, and would go on as that user
  await me();
  tell(`signed in as ${name}`, 'yes');
  return true;
}

async function signOut(): Promise<void> {
  await post('/logout', {});
  await me();
  tell('signed out');
}

function plant(cookie: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the attacker's script takes the oldest way in
  document.cookie = cookie;
  tell(`document.cookie = '${cookie}'`);
}

/** Only the server can remove an HttpOnly cookie. It does so whatever that cookie is worth. */
async function forget(): Promise<void> {
  await post('/logout', {});
  removeSecond();
}

async function noCookie(): Promise<void> {
  if (name) return tell('The browser sends its cookie, asked or not. Sign out first.');
  await forget();
  connect();
}

async function garbage(): Promise<void> {
  if (!name) await forget();
  plant('token=garbage');
  if (name) tell('An HttpOnly cookie has this name: the browser kept it, and dropped the garbage.');
  connect();
}

async function second(): Promise<void> {
  plant('token=planted; path=/socket.io/');
  await me();
  tell(`GET /me gets one cookie, and knows ${name}. The handshake gets two with this name:`);
  connect();
}

const removeSecond = () => plant('token=; path=/socket.io/; max-age=0');

async function expire(): Promise<void> {
  if (!(await signIn())) return;
  connect();
  tell('No script sees when this cookie ends, so there is no countdown: wait for the server.');
  tell('It takes 15 minutes, or 10 seconds after TOKEN_TTL=10 npm run example jwt-cookie');
}

function look(): void {
  tell(`document.cookie is ${JSON.stringify(document.cookie)}`);
  if (name) tell('The token is not in it: HttpOnly. A script still sends it, with any request.');
}

on('#logout', signOut);
on('#mine', () => connect());
on('#websocket', () => connect(['websocket']));
on('#none', noCookie);
on('#garbage', garbage);
on('#second', second);
on('#remove', removeSecond);
on('#expire', expire);
on('#look', look);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));
onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});
attempt(me);
