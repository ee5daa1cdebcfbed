// The page: who is signed in, what is pressed, and what went wrong in words.
import { button, find } from '../lib/dom.ts';
import { Failed, type Me, signIn, signOut, signUp, whoAmI } from './page-account.ts';
import { ask, connect, disconnect, Refused, say } from './page-connection.ts';
import * as messages from './page-messages.ts';
import * as rooms from './page-rooms.ts';
import { change, moreUsers, showUsers } from './page-users.ts';
import type { Reason, Room } from './wire.ts';

let me: Me | undefined;
const problem = find('#problem', HTMLElement);

function state(text: string): void {
  find('#state', HTMLElement).textContent = me ? `Signed in as ${me.name}. ${text}` : text;
}

/** Does the work, and says in words why it did not work. */
async function attempt(work: () => unknown): Promise<void> {
  problem.textContent = '';
  try {
    await work();
  } catch (error) {
    const words = error instanceof Failed || error instanceof Refused ? error.message : undefined;
    problem.textContent = words ?? 'The server does not answer. Try again in a moment.';
  }
}

// #region account
/** Asks who is signed in: a script cannot look into the cookie. */
async function enter(): Promise<void> {
  me = await whoAmI();
  find('#account', HTMLElement).hidden = me !== undefined;
  find('#chat', HTMLElement).hidden = me === undefined;
  find('#users', HTMLElement).hidden = me?.role !== 'admin';
  button('#logout').hidden = me === undefined;
  if (!me) return state('Signed out.');
  const who = me;
  connect({
    state,
    out,
    changed: () => void attempt(enter),
    ready: () => void attempt(() => rooms.load(who)),
    said: rooms.said,
    presence: rooms.presence,
    entered: rooms.entered,
    left: ({ id }) => {
      rooms.left(id);
      if (id === rooms.current()) void attempt(() => rooms.openRoom('lobby'));
    },
    delivered: messages.delivered,
    refused: messages.refused,
  });
  if (who.role === 'admin') await showUsers();
}

function leave(): void {
  disconnect();
  rooms.forget();
  me = undefined;
}

/** The login has ended, here or elsewhere. */
function out({ message }: Reason): void {
  leave();
  void attempt(enter).then(() => {
    problem.textContent = message;
    find('#login input', HTMLInputElement).focus();
  });
}

const fields = (form: HTMLFormElement) => Object.fromEntries(new FormData(form));

function onSubmit(id: string, work: (form: HTMLFormElement) => unknown): void {
  const form = find(id, HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(() => work(form));
  });
}

async function begin(form: HTMLFormElement): Promise<void> {
  await signIn(fields(form));
  for (const each of ['#login', '#signup']) find(each, HTMLFormElement).reset(); // no password stays
  await enter();
  find('#say input', HTMLInputElement).focus();
}
onSubmit('#login', begin);
onSubmit('#signup', async (form) => {
  await signUp(fields(form));
  await begin(form);
});
button('#logout').addEventListener('click', () =>
  attempt(async () => {
    await signOut();
    leave();
    await enter();
    find('#login input', HTMLInputElement).focus();
  }),
);
// #endregion

// #region chat
onSubmit('#say', (form) => {
  const text = String(fields(form).text).trim();
  form.reset();
  if (text) messages.expect(say(rooms.current(), text), text);
});
onSubmit('#create', async (form) => {
  const { room } = await ask<{ room: Room }>('create', fields(form));
  form.reset();
  rooms.entered(room);
  await open(room.id);
});
onSubmit('#invite', async (form) => {
  await ask('invite', { room: rooms.current(), ...fields(form) });
  form.reset();
  await rooms.readMembers();
});

async function open(id: string): Promise<void> {
  await rooms.openRoom(id);
  find('#room-title', HTMLElement).focus(); // a screen reader says where one is now
}

function onPress(list: string, work: (pressed: DOMStringMap) => unknown): void {
  find(list, HTMLElement).addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) void attempt(() => work(target.dataset));
  });
}
onPress('#rooms', ({ room }) => room && open(room));
onPress('#members', async ({ remove }) => {
  await ask('remove', { room: rooms.current(), user: remove });
  await rooms.readMembers();
});
onPress('#accounts', change);
button('#older').addEventListener('click', () => attempt(rooms.older));
button('#leave').addEventListener('click', () =>
  attempt(() => ask('leave', { room: rooms.current() })),
);
button('#more-users').addEventListener('click', () => attempt(moreUsers));
// #endregion

// Events do not move the end of a session, requests do: a page that is in view stays signed in.
// lesson: session-writes
setInterval(
  () => {
    if (me && document.visibilityState === 'visible') whoAmI().catch(() => {});
  },
  5 * 60 * 1000,
);

void attempt(enter);
