// The page's client. It asks to join rooms; the server decides. Memory holds the token.
import { io, type Socket } from 'socket.io-client';
import { find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

type Person = { id: string; name: string };
type Answer = { ok?: true; seen?: boolean; error?: Reason };

let token: string | undefined;
let name = '';
let place = '/';
let socket: Socket | undefined;

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);
const notifyForm = find('#notify', HTMLFormElement);
const adminForm = find('#change', HTMLFormElement);
const field = (form: HTMLFormElement, name: string) => new FormData(form).get(name);

function list(people: string[]): void {
  const items = people.map((text) => {
    const item = document.createElement('li');
    item.textContent = text; // never innerHTML: a name is somebody else's text
    return item;
  });
  find('#online', HTMLElement).replaceChildren(...items);
}

function enable(buttons: string, yes: boolean): void {
  for (const each of document.querySelectorAll<HTMLButtonElement>(buttons)) each.disabled = !yes;
}

function show(): void {
  const connected = socket?.connected ?? false;
  const who = token ? `Signed in as ${name}` : 'Signed out';
  find('#state', HTMLElement).textContent = `${who}, ${connected ? 'connected' : 'not connected'}.`;
  enable('[data-token]', Boolean(token));
  enable('[data-socket]', connected);
  enable('[data-admin]', connected && place === '/admin');
  if (!connected) list(['Connect to see.']);
}

// #region connect
function connect(auth: { token?: string }, namespace = '/'): void {
  socket?.disconnect();
  const current = io(namespace, { auth, forceNew: true });
  socket = current;
  place = namespace;
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
  current.on('said', ({ from, room, text }: { from: Person; room: string; text: string }) => {
    tell(`${room} | ${from.name}: ${text}`);
  });
  current.on('left', ({ room, code }: Reason & { room: string }) => {
    tell(`put out of ${room}: ${code}`, 'no');
  });
  current.on('online', (people: Person[]) => list(people.map((person) => person.name)));
  current.on('notified', ({ from, text }: { from: Person; text: string }, seen: unknown) => {
    tell(`${from.name} notifies you: ${text}`);
    if (typeof seen === 'function') seen(true); // a client gets odd packets too
  });
}
// #endregion

async function signIn(): Promise<void> {
  const body = JSON.stringify(Object.fromEntries(new FormData(loginForm)));
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/login', { method: 'POST', headers, body });
  if (!response.ok) return tellRefusal(response);
  const answer = await response.json();
  socket?.disconnect(); // it belongs to the login before
  token = answer.token;
  name = String(field(loginForm, 'username'));
  tell(`signed in as ${name}`, 'yes');
  show();
}

async function signOut(): Promise<void> {
  await fetch('/logout', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  token = undefined;
  tell('signed out');
  show();
}

/** Asks, and tells the answer: an event is a request, and a request may be refused. */
async function ask(event: string, payload?: unknown): Promise<Answer> {
  if (!socket) return {};
  const answer: Answer = await socket.timeout(5_000).emitWithAck(event, payload);
  if (answer.error) tell(`${event}: ${answer.error.code}. ${answer.error.message}`, 'no');
  else tell(`${event}: ${JSON.stringify(answer)}`, 'yes');
  return answer;
}

/** Twenty-five at once: more than the server lets one person ask in ten seconds. */
async function flood(): Promise<void> {
  const asked = Array.from({ length: 25 }, () => socket?.emitWithAck('whoami'));
  const answers: Answer[] = await Promise.all(asked);
  const refused = answers.filter(({ error }) => error?.code === 'RATE_LIMITED').length;
  tell(`25 events: ${25 - refused} answered, ${refused} RATE_LIMITED`, refused ? 'no' : 'yes');
}

const room = () => find('#room', HTMLSelectElement).value;
on('#logout', signOut);
on('#valid', () => token && connect({ token }));
on('#none', () => connect({}));
on('#garbage', () => connect({ token: 'not a token' }));
for (const each of ['admin', 'team-red', 'team-blue']) {
  on(`#${each}`, () => token && connect({ token }, `/${each}`));
}
on('#join', () => ask('join', { room: room() }));
on('#leave', () => ask('leave', { room: room() }));
on('#whoami', () => ask('whoami'));
on('#spoof', () => ask('say', { text: 'you are all dismissed', from: { id: 'u3', name: 'root' } }));
on('#nonsense', () => ask('say', null));
on('#flood', flood);
on('#expel', () => ask('expel', Object.fromEntries(new FormData(adminForm))));

onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const { ok } = await ask('say', { room: room(), text: field(sayForm, 'text') });
  if (ok) sayForm.reset();
});
onSubmit(notifyForm, () => ask('notify', Object.fromEntries(new FormData(notifyForm))));
onSubmit(adminForm, () => ask('admit', Object.fromEntries(new FormData(adminForm))));
show();
