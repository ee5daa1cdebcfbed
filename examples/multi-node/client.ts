// The page's client. The browser keeps the session's id in a cookie that no script can read, and the
// nodes keep the rest together: a reload leaves you signed in, whichever of them answers.
import { io, type Socket } from 'socket.io-client';
import { attempt, button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

type Online = { node: string; people: { name: string; nodes: string[] }[] };

let name = ''; // what GET /me said last
let asked = 0;
let socket: Socket | undefined;
let second: Socket | undefined;

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function list(people: string[]): void {
  const items = people.map((text) => {
    const item = document.createElement('li');
    item.textContent = text; // never innerHTML: a name is somebody else's text
    return item;
  });
  find('#online', HTMLElement).replaceChildren(...items);
}

function show(): void {
  const connected = socket?.connected ?? false;
  find('#state', HTMLElement).textContent =
    `${name ? `Signed in as ${name}` : 'Signed out'}, ${connected ? 'connected' : 'not connected'}.`;
  button('#logout').disabled = !name;
  for (const id of ['#say button', '#whoami', '#second']) button(id).disabled = !connected;
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
  let at = '';
  current.on('online', ({ node, people }: Online) => {
    if (!at) tell(`this connection is with node ${node}`);
    at = node;
    list(people.map(({ name, nodes }) => `${name}, on node ${nodes.join(' and ')}`));
  });
}
// #endregion

/** The same session on one more connection: it may be dealt to another node. */
function connectAgain(): void {
  second?.disconnect();
  const current = io({ transports: ['websocket'], forceNew: true });
  second = current;
  current.once('online', ({ node }: Online) => tell(`second connection: with node ${node}`, 'yes'));
  current.on('connect_error', ({ message }) =>
    tell(`second connection: refused, ${message}`, 'no'),
  );
  current.on('ended', ({ code }: Reason) => tell(`second connection: ended, ${code}`, 'no'));
}

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
  const response = await post('/logout', {});
  if (response.status >= 500) tell('POST /logout 503: not certain yet. Sign out again soon.', 'no');
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
  tell('It takes 30 minutes, or 10 seconds after SESSION_TTL=10 npm run example multi-node');
}

on('#logout', signOut);
on('#mine', () => connect());
on('#websocket', () => connect(['websocket']));
on('#none', noCookie);
on('#garbage', garbage);
on('#second', connectAgain);
on('#expire', expire);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));

onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});

attempt(async () => {
  await me();
  if (name) connect();
});
