/**
 * One item of the list: its name in small type, what was sent in mono, an arrow under it. What was sent on the wire
 * can be opened; what happened in the browser is one line of words.
 */
import { aside, carrier, el } from './dom.ts';
import type { Item } from './item.ts';
import { opened } from './opened.ts';
import { clock, cut } from './words.ts';

/** Bubbles from an item whose contents were drawn or taken away. */
export const OPENED = 'wire-opened';

const LINES = 6;
const SHOWN = 600;

/** `now` is asked each time the item is opened. */
export function row(item: Item, now: () => number): HTMLLIElement {
  const { event, from, verdict } = item;
  const li = el('li', ['wire-item', from ?? 'within', verdict].filter(Boolean).join(' '));
  if (!from) {
    li.append(heading(item));
    return li;
  }
  const summary = el('summary', '', heading(item), ...lines(item));
  summary.append(el('span', 'wire-arrow'));
  if (event.kind === 'close') {
    li.append(...summary.childNodes);
    return li;
  }
  const details = el('details', '', summary);
  details.addEventListener('toggle', () => {
    details.querySelector('.wire-opened')?.remove();
    if (details.open) details.append(opened(item, now()));
    details.dispatchEvent(new Event(OPENED, { bubbles: true }));
  });
  li.append(details);
  return li;
}

/** Opens an item where it can be opened, scrolls to it and gives it the focus. `after` stands behind its line. */
export function reach(li: HTMLLIElement, after: HTMLElement): void {
  const details = li.querySelector('details');
  const line = details?.querySelector('summary') ?? li;
  if (details) {
    details.open = true;
    line.after(after);
  } else {
    li.tabIndex = -1;
    li.append(after);
  }
  line.scrollIntoView({ block: 'center' });
  line.focus({ preventScroll: true });
}

/** "browser to server, CONNECT slash, 12:00:01.123" for who listens; the name, carriers and time for who looks. */
function heading({ event, from, name, words, verdict, carriers }: Item): HTMLElement {
  const said = el('span', 'wire-name');
  if (from) {
    said.append(aside(from === 'browser' ? 'browser to server, ' : 'server to browser, '));
    said.append(...spoken(name));
    if (verdict && !name.toLowerCase().includes(verdict)) {
      said.append(aside(','), ' ', el('b', '', verdict));
    }
    for (const each of carriers) said.append(aside(','), ' ', carrier(each));
  } else {
    said.append(event.kind === 'cookie' ? carrier('cookie') : el('b', '', name), ` ${words}`);
  }
  const who = el('span', 'wire-who', event.browser, aside(', '), ' ');
  const time = el('time', '', clock(event.at));
  time.dateTime = new Date(event.at).toISOString();
  return el('span', 'wire-head', said, aside(', '), el('span', 'wire-when', who, time));
}

/** A slash that stands alone is a word to a screen reader. */
function spoken(words: string): (Node | string)[] {
  if (!words.endsWith(' /')) return [words];
  const slash = el('span', '', '/');
  slash.ariaHidden = 'true';
  return [words.slice(0, -1), slash, aside('slash')];
}

/** What was sent; hidden from screen readers, who find it once it is opened. */
function lines({ raw, event }: Item): HTMLElement[] {
  const texts = event.kind === 'message' && raw.length === 0 ? [`(${event.bytes} bytes)`] : raw;
  const shown = texts.slice(0, LINES).map((text) => el('code', 'wire-line', cut(text, SHOWN)));
  if (texts.length > LINES) {
    shown.push(el('span', 'wire-name', `and ${texts.length - LINES} packets more`));
  }
  if (event.kind === 'request') shown[0]?.classList.add('address');
  for (const line of shown) line.ariaHidden = 'true';
  return shown;
}
