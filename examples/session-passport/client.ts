// The page's client. The browser keeps the session's id in a cookie that no script can read, and the
// server keeps the rest: a reload leaves you signed in, with your status as it was.
import { io, type Socket } from 'socket.io-client';
import { attempt, button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

type Person = { name: string; status: string };

let name = ''; // what GET /me said last
let asked = 0;
let socket: Socket | undefined;

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);
const statusForm = find('#status', HTMLFormElement);

function list(people: string[]): void {
  const items = people.map((text) => {
    const item = document.createElement('li');
    item.textContent = text; // never innerHTML: a status is somebody else's text
    return item;
  });
  find('#online', HTMLElement).replaceChildren(...items);
}

function show(): void {
  const connected = socket?.connected ?? false;
  find('#state', HTMLElement).textContent =
    `${name ? `Signed in as ${name}` : 'Signed out'}, ${connected ? 'connected' : 'not connected'}.`;
  button('#logout').disabled = !name;
  for (const id of ['#say button', '#status button', '#whoami']) button(id).disabled = !connected;
  if (!connected) list(['Connect to see.']);
}

// #region connect
/** No credential in sight: the browser adds its cookie to the handshake, on either transport. */
function connect(transports = ['polling', 'websocket']): void {
  socket?.disconnect();
  const current = io({ transports, forceNew: true });
  socket = current;
  tell(`CONNECT by ${transports.join(', then by ')}, with the cookie that the browser has`);
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
  current.on('online', (people: Person[]) => {
    list(people.map(({ name, status }) => (status ? `${name}: ${status}` : name)));
  });
}
// #endregion

/** Asks who we are whenever that may have changed: a script cannot look into the cookie, let alone the session. */
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
  await me();
  tell(`signed in as ${name}, in a new session`, 'yes');
  connect(); // the old session has ended, and its sockets with it
  return true;
}

async function signOut(): Promise<void> {
  await post('/logout', {});
  await me();
  tell('signed out');
}

async function noCookie(): Promise<void> {
  if (name) return tell('The browser sends its cookie, asked or not. Sign out first.');
  await post('/logout', {}); // removes a cookie that is worth nothing, too
  connect();
}

async function garbage(): Promise<void> {
  if (name) return tell('The browser does not write over an HttpOnly cookie. Sign out first.');
  await post('/logout', {});
  // biome-ignore lint/suspicious/noDocumentCookie: an attacker's script takes the oldest way in
  document.cookie = 'sid=garbage';
  tell("document.cookie = 'sid=garbage'");
  connect();
}

async function expire(): Promise<void> {
  if (!(await signIn())) return;
  tell('No script sees when a session ends, so there is no countdown: wait for the server.');
  tell('It takes 30 minutes, or 10 seconds after SESSION_TTL=10 npm run example session-passport');
}

on('#logout', signOut);
on('#mine', () => connect());
on('#websocket', () => connect(['websocket']));
on('#none', noCookie);
on('#garbage', garbage);
on('#expire', expire);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));

async function send(event: string, form: HTMLFormElement): Promise<void> {
  const answer = await socket?.emitWithAck(event, { text: new FormData(form).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else form.reset();
}
onSubmit(loginForm, signIn);
onSubmit(sayForm, () => send('say', sayForm));
onSubmit(statusForm, () => send('status', statusForm));

attempt(async () => {
  await me();
  if (name) connect();
});
