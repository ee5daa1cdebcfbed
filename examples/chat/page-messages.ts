// The messages of the room that is open: what was said, and what this person has sent.
import { button, find } from '../lib/dom.ts';
import type { Message, Reason } from './wire.ts';

type Waiting = { room: string; text: string; note: string };

let name = ''; // whose page it is
let room = '';
let shown: Message[] = [];
const waiting = new Map<string, Waiting>();
const log = find('#log', HTMLElement);

/** An element with text in it. Never innerHTML: all of it is somebody else's. lesson: jwt-cookie */
export function element<K extends keyof HTMLElementTagNameMap>(kind: K, text = '') {
  const made = document.createElement(kind);
  made.textContent = text;
  return made;
}

/** Shows a room from its newest messages on. */
export function showRoom(id: string, who: string, messages: Message[], more: boolean): void {
  [room, name, shown] = [id, who, messages];
  button('#older').hidden = !more;
  log.setAttribute('aria-busy', 'true'); // a whole room at once is not read aloud
  log.replaceChildren();
  show();
  log.setAttribute('aria-busy', 'false');
}

/** Puts earlier messages before the first. What one was reading stays where it was. */
export function showEarlier(messages: Message[], more: boolean): void {
  shown = [...messages, ...shown];
  button('#older').hidden = !more;
  const before = log.scrollHeight;
  show();
  log.scrollTop = log.scrollHeight - before;
}
export const first = () => shown[0]?.seq;

/** A message that was said in the room. */
export function add(message: Message): void {
  waiting.delete(message.id);
  if (!shown.some(({ seq }) => seq === message.seq)) shown.push(message);
  shown.sort((a, b) => a.seq - b.seq); // the server's order, not that of arrival
  show();
}

/** What this person has sent, until it comes back as `said`. */
export function expect(id: string, text: string): void {
  waiting.set(id, { room, text, note: 'not sent yet' });
  show();
}

/** It is stored: with the history it comes back, if `said` was missed. */
export function delivered(id: string): void {
  const mine = waiting.get(id);
  if (mine) mine.note = 'sent';
  show();
}

export function refused(id: string, reason: Reason): void {
  const mine = waiting.get(id);
  if (mine) mine.note = `not sent: ${reason.message}`;
  show();
}

export function forget(): void {
  [room, name, shown] = ['', '', []];
  waiting.clear();
  log.replaceChildren();
}

/** Changes what has changed, and no more: a screen reader hears the new lines alone. */
function show(): void {
  for (const { id } of shown) waiting.delete(id);
  const known = new Map([...log.children].map((line) => [line.getAttribute('data-line'), line]));
  const lines = shown.map((message) => known.get(String(message.seq)) ?? lineOf(message));
  for (const [id, mine] of waiting) {
    if (mine.room !== room) continue;
    const key = `${id} ${mine.note}`;
    lines.push(known.get(key) ?? line(key, name, mine.text, element('span', mine.note)));
  }
  for (const child of [...log.children]) if (!lines.includes(child)) child.remove();
  lines.forEach((child, n) => {
    if (log.children[n] !== child) log.insertBefore(child, log.children[n] ?? null);
  });
  log.scrollTop = log.scrollHeight;
}

function line(key: string, from: string, text: string, note: HTMLElement): Element {
  const made = element('p');
  made.setAttribute('data-line', key);
  note.className = 'note';
  made.append(element('b', from), text, ' ', note);
  return made;
}

function lineOf({ seq, from, text, at }: Message): Element {
  const date = new Date(at);
  const time = element('time', date.toLocaleTimeString([], { timeStyle: 'short' }));
  time.dateTime = date.toISOString();
  return line(String(seq), from.name, text, time);
}
