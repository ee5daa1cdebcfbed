// The page's client. Memory holds the token, and no URL ever sees it: a ticket stands there, and is
// worth nothing once it was used.
import { io, type Socket } from 'socket.io-client';
import { button, find, on, onSubmit, type Reason, tell, tellRefusal } from '../lib/dom.ts';

type Failure = Error & { data?: Reason };

let token: string | undefined;
let name = '';
let socket: Socket | undefined;
let used: string | undefined; // the last ticket that opened something
let held: { ticket: string; since: number } | undefined;
let turn = 0; // an answer to an earlier turn comes too late
let tries = 0;
let retry: ReturnType<typeof setTimeout> | undefined;

const loginForm = find('#login', HTMLFormElement);
const sayForm = find('#say', HTMLFormElement);

function show(): void {
  const connected = socket?.connected ?? false;
  find('#state', HTMLElement).textContent =
    `${token ? `Signed in as ${name}` : 'Signed out'}, ${connected ? 'connected' : 'not connected'}.`;
  for (const id of ['#fresh', '#hold', '#logout']) button(id).disabled = !token;
  for (const id of ['#say button', '#whoami', '#cut']) button(id).disabled = !connected;
  button('#again').disabled = !used;
  button('#late').disabled = !held;
}

// #region connect
/** A ticket opens one connection, so each try buys its own: Socket.IO's own reconnection is off. */
async function connect(): Promise<void> {
  const mine = leave();
  try {
    const ticket = await buy();
    if (mine === turn) open({ ticket }); // else another button was pressed meanwhile
  } catch (error) {
    if (mine === turn) failed(error as Failure);
  }
}

function open(query: { ticket?: string }): void {
  leave();
  const current = io({ query, reconnection: false, forceNew: true });
  socket = current;
  tell(`GET /socket.io/?${query.ticket ? `ticket=${query.ticket}&` : ''}EIO=4&transport=polling`);
  current.on('connect', () => {
    tries = 0;
    used = query.ticket; // only now: garbage opens nothing
    tell(`connected as socket ${current.id}`, 'yes');
    show();
  });
  current.on('connect_error', failed);
  current.on('ended', ({ code, message }: Reason) => tell(`ended: ${code}. ${message}`, 'no'));
  current.on('disconnect', (reason) => {
    tell(`disconnected: ${reason}`, reason === 'io client disconnect' ? '' : 'no');
    show();
    if (!reason.startsWith('io ')) later(); // the line broke: neither side has ended it on purpose
  });
  current.on('said', ({ from, text }: { from: { name: string }; text: string }) => {
    tell(`${from.name}: ${text}`);
  });
}
// #endregion

// #region retry
/** Tries again when nobody has answered, or the answer is "not now". A no stays a no. */
function failed({ message, data }: Failure): void {
  tell(data ? `refused: ${data.code}. ${data.message}` : `not connected: ${message}`, 'no');
  show();
  if (!data || ['AUTH_UNAVAILABLE', 'RATE_LIMITED'].includes(data.code)) later();
}

/** Waits longer after each failure, and never as long as the next client, lest all come at once. */
function later(): void {
  if (!token) return;
  const wait = Math.min(1_000 * 2 ** tries, 15_000) * (0.5 + Math.random() / 2); // milliseconds
  tries += 1;
  tell(`next try in ${(wait / 1_000).toFixed(1)} s, with a new ticket`);
  clearTimeout(retry);
  retry = setTimeout(connect, wait);
}

/** Ends the socket and whatever is still on its way; gives the number of the new turn. */
function leave(): number {
  clearTimeout(retry);
  socket?.disconnect();
  turn += 1;
  return turn;
}
// #endregion

/** A ticket for the login in memory. Throws what the server said, or that it did not answer. */
async function buy(): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch('/ticket', { method: 'POST', headers });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.message), { data: answer });
  return answer.ticket;
}

async function signIn(): Promise<boolean> {
  const body = JSON.stringify(Object.fromEntries(new FormData(loginForm)));
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/login', { method: 'POST', headers, body });
  if (!response.ok) {
    await tellRefusal(response);
    return false;
  }
  const answer = await response.json();
  leave(); // that socket came with the login from before, and would go on as that user
  token = answer.token;
  name = String(new FormData(loginForm).get('username'));
  tell(`signed in as ${name}`, 'yes');
  show();
  return true;
}

async function signOut(): Promise<void> {
  clearTimeout(retry);
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
    tell('This login lives too long to wait for. Stop the server and start it again with');
    tell('TOKEN_TTL=10 npm run example query-ticket');
    return;
  }
  await connect();
}

async function hold(): Promise<void> {
  held = { ticket: await buy(), since: Date.now() };
  tell('Bought a ticket. Connect with it while it is good, or wait until it is late:');
  tell('after 30 seconds, or after 3 with TICKET_TTL=3 npm run example query-ticket');
  show();
}

function clock(): void {
  const left = token ? secondsLeft(token) : 0;
  const age = held && Math.floor((Date.now() - held.since) / 1_000);
  find('#clock', HTMLElement).textContent =
    (age === undefined ? '' : `The ticket you hold is ${age} s old. `) +
    (left > 0 && left <= 60 ? `Your login ends in ${left} s.` : '');
}
setInterval(clock, 250);

on('#logout', signOut);
on('#fresh', connect);
on('#again', () => used && open({ ticket: used }));
on('#none', () => open({}));
on('#garbage', () => open({ ticket: 'not a ticket' }));
on('#hold', hold);
on('#late', () => held && open({ ticket: held.ticket }));
on('#cut', () => socket?.io.engine.close());
on('#expire', expire);
on('#whoami', async () => tell(`you are ${JSON.stringify(await socket?.emitWithAck('whoami'))}`));
onSubmit(loginForm, signIn);
onSubmit(sayForm, async () => {
  const answer = await socket?.emitWithAck('say', { text: new FormData(sayForm).get('text') });
  if (answer?.error) tell(`${answer.error.code}. ${answer.error.message}`, 'no');
  else sayForm.reset();
});
show();
