// The rooms of this person: the list, the one that is open, and its people.
import { button, find } from '../lib/dom.ts';
import type { Me } from './page-account.ts';
import { ask } from './page-connection.ts';
import * as messages from './page-messages.ts';
import type { Member, Message, Room } from './wire.ts';

type Page = { messages: Message[]; more: boolean };
const { element } = messages;

let me: Me | undefined;
let rooms: Room[] = [];
let open = 'lobby';
let members = new Map<string, Member>();
const unread = new Map<string, number>();

export const current = () => open;
const named = (id: string) => rooms.find((room) => room.id === id);

/** Whether this person decides who is in the room that is open. The server decides it again. */
function isMine(): boolean {
  const owner = named(open)?.owner;
  return me !== undefined && (owner === me.id || (open === 'lobby' && me.role === 'admin'));
}

/** Reads all that is shown, after each connection. */
export async function load(who: Me): Promise<void> {
  me = who;
  ({ rooms } = await ask<{ rooms: Room[] }>('rooms'));
  await openRoom(named(open) ? open : (rooms[0]?.id ?? 'lobby'));
}

/** Forgets everything: the next person at this screen sees nothing of it. */
export function forget(): void {
  [me, rooms, open] = [undefined, [], 'lobby'];
  members = new Map();
  unread.clear();
  messages.forget();
  for (const list of ['#rooms', '#members']) find(list, HTMLElement).replaceChildren();
}

// #region open
export async function openRoom(id: string): Promise<void> {
  open = id;
  unread.delete(id);
  const [page, people] = await Promise.all([
    ask<Page>('history', { room: id }),
    ask<{ members: Member[] }>('members', { room: id }),
  ]);
  if (open !== id) return; // another one was opened meanwhile
  messages.showRoom(id, me?.name ?? '', page.messages, page.more);
  members = new Map(people.members.map((member) => [member.id, member]));
  showRooms();
  showMembers();
}

export async function older(): Promise<void> {
  const room = open;
  const page = await ask<Page>('history', { room, before: messages.first() });
  if (open === room) messages.showEarlier(page.messages, page.more);
}

export function said(message: Message): void {
  if (message.room === open) {
    messages.add(message);
    return;
  }
  unread.set(message.room, (unread.get(message.room) ?? 0) + 1);
  showRooms();
}
// #endregion

// #region people
export function presence(member: Member): void {
  if (!members.has(member.id)) return;
  members.set(member.id, member);
  showMembers();
}

/** Somebody came or went: the list is read again. */
export async function readMembers(): Promise<void> {
  const room = open;
  const answer = await ask<{ members: Member[] }>('members', { room });
  if (room !== open) return;
  members = new Map(answer.members.map((member) => [member.id, member]));
  showMembers();
}

function showMembers(): void {
  const sorted = [...members.values()].sort((a, b) => Number(b.online) - Number(a.online));
  find('#members', HTMLElement).replaceChildren(...sorted.map(memberOf));
}

function memberOf({ id, name, online }: Member): HTMLElement {
  const item = element('li');
  const state = element('span', online ? 'online' : 'offline');
  state.className = online ? 'yes' : 'muted';
  item.append(element('span', name), state);
  if (isMine() && id !== me?.id) {
    const remove = element('button', 'Remove');
    remove.className = 'plain';
    remove.setAttribute('aria-label', `Remove ${name}`);
    remove.dataset.remove = id;
    item.append(remove);
  }
  return item;
}
// #endregion

// #region rooms
export function entered(room: Room): void {
  rooms = [...rooms.filter(({ id }) => id !== room.id), room];
  rooms.sort((a, b) => (a.name < b.name ? -1 : 1));
  showRooms();
}

export function left(id: string): void {
  rooms = rooms.filter((room) => room.id !== id);
  showRooms();
}

function showRooms(): void {
  const items = rooms.map(({ id, name }) => {
    const count = unread.get(id);
    const choose = element('button', count ? `${name} (${count} new)` : name);
    choose.className = 'plain';
    choose.dataset.room = id;
    choose.setAttribute('aria-current', String(id === open));
    const item = element('li');
    item.append(choose);
    return item;
  });
  const list = find('#rooms', HTMLElement);
  const focused = document.activeElement?.getAttribute('data-room');
  list.replaceChildren(...items);
  items
    .find((item) => item.querySelector('button')?.dataset.room === focused)
    ?.querySelector('button')
    ?.focus();
  find('#room-title', HTMLElement).textContent = named(open)?.name ?? '';
  find('#invite', HTMLElement).hidden = !isMine();
  button('#leave').hidden = open === 'lobby';
}
// #endregion
