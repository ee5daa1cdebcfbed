// The stranger's client and Ann's, on one page.
import { io, type Socket } from 'socket.io-client';
import { button, find, on, onSubmit, tell } from '../lib/dom.ts';

let socket: Socket | undefined;
let token: string | undefined;

const sayForm = find('#say', HTMLFormElement);
const postForm = find('#post', HTMLFormElement);

function show(): void {
  const connected = socket?.connected ?? false;
  find('#state', HTMLElement).textContent = connected
    ? 'Connected. The server has not asked who you are.'
    : 'Not connected.';
  for (const id of ['#close', '#whoami', '#say button']) button(id).disabled = !connected;
}

function open(): void {
  socket?.disconnect();
  const current = io({ forceNew: true }); // no token, no cookie, no name
  socket = current;
  current.on('connect', () => {
    tell(`connected as socket ${current.id}, without a token`, 'yes');
    show();
  });
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`);
    show();
  });
  current.on('said', ({ from, text }: { from: { name: string }; text: string }) => {
    tell(`the socket hears ${from.name}: ${text}`);
  });
}

async function readApi(): Promise<void> {
  const response = await fetch('/messages');
  const { code, message } = await response.json();
  tell(`GET /messages: ${response.status} ${code}. ${message}`, 'no');
}

async function post(text: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  if (!token) {
    const body = JSON.stringify({ username: 'ann', password: 'correct horse battery staple' });
    token = (await (await fetch('/login', { method: 'POST', headers, body })).json()).token;
  }
  const response = await fetch('/messages', {
    method: 'POST',
    headers: { ...headers, Authorization: `Bearer ${token}` },
    body: JSON.stringify({ text }),
  });
  if (response.status === 401) token = undefined; // it expired, or the server was started again
  tell(`ann POST /messages: ${response.status}`, response.ok ? 'yes' : 'no');
}

const text = (form: HTMLFormElement) => String(new FormData(form).get('text'));
on('#api', readApi);
on('#open', open);
on('#close', () => socket?.disconnect());
on('#whoami', async () =>
  tell(`whoami answers ${JSON.stringify(await socket?.emitWithAck('whoami'))}`),
);
onSubmit(postForm, () => post(text(postForm)));
onSubmit(sayForm, () => {
  socket?.emit('say', { text: text(sayForm) });
  sayForm.reset();
});
show();
