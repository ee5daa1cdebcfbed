// The list of items: at most 1,000 of them, following the end unless the reader has scrolled up.
import { button, el } from './dom.ts';
import { findLast } from './find.ts';
import type { Item } from './item.ts';
import { moveByKeys } from './keys.ts';
import { OPENED, reach, row } from './row.ts';

const NEAR = 32; // px from the end that still count as the end
const FRESH = 12; // more at once than this draw no arrows

export const MOST = 1000;

interface Entry {
  item: Item;
  li: HTMLLIElement;
}

export class List {
  readonly element = el('div', 'wire-scroll');
  readonly #ol = el('ol', 'wire-list');
  readonly #below = button('', () => this.#toEnd());
  readonly #shows: (item: Item) => boolean;
  readonly #now: () => number;
  #entries: Entry[] = [];
  #follows = true;
  #unseen = 0;

  constructor(shows: (item: Item) => boolean, now: () => number) {
    this.#shows = shows;
    this.#now = now;
    this.#ol.role = 'list';
    this.#ol.ariaLabel = 'What went over the wire';
    this.#below.classList.add('wire-below');
    this.#below.hidden = true;
    this.element.append(this.#ol, this.#below);
    this.element.addEventListener('scroll', () => this.#look(), { passive: true });
    this.#ol.addEventListener(OPENED, () => this.#look());
    this.#ol.addEventListener('keydown', moveByKeys);
  }

  get items(): Item[] {
    return this.#entries.map(({ item }) => item);
  }

  /** How many items the filter lets through. */
  get shown(): number {
    return this.#entries.filter(({ li }) => !li.hidden).length;
  }

  get beats(): number {
    return this.#entries.filter(({ item }) => item.beat).length;
  }

  add(items: Item[]): void {
    const added = items.slice(-MOST).map((item) => this.#enter(item, items.length <= FRESH));
    this.#ol.append(...added.map(({ li }) => li));
    this.#entries.push(...added);
    for (const { li } of this.#entries.splice(0, Math.max(0, this.#entries.length - MOST))) {
      li.remove();
    }
    if (this.#follows) this.#toEnd();
    else this.#tell(this.#unseen + added.filter(({ li }) => !li.hidden).length);
  }

  clear(): void {
    this.#entries = [];
    this.#ol.replaceChildren();
    this.#toEnd();
  }

  /** Asks anew which items are to be seen. */
  filter(): void {
    for (const { item, li } of this.#entries) li.hidden = !this.#shows(item);
    if (this.#follows) this.#toEnd();
  }

  find(text: string): Item | undefined {
    return this.items[findLast(this.items, text)];
  }

  /** Marks an item, and it alone, opens it and goes there; `back` stands behind its first line. */
  mark(item: Item, back: HTMLElement): void {
    for (const entry of this.#entries) {
      const marked = entry.item === item;
      entry.li.ariaCurrent = marked ? 'true' : null;
      if (marked) reach(entry.li, back);
    }
    this.#follows = false;
  }

  #enter(item: Item, fresh: boolean): Entry {
    const li = row(item, this.#now);
    const { answers } = item;
    if (item.beat && answers && !answers.beat) {
      answers.beat = true; // the poll that only a ping answered
      const asked = this.#entries.findLast((entry) => entry.item === answers);
      if (asked) asked.li.hidden = !this.#shows(answers);
    }
    li.hidden = !this.#shows(item);
    if (fresh && this.#follows) li.classList.add('fresh');
    return { item, li };
  }

  #look(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    this.#follows = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#follows) this.#tell(0);
  }

  #toEnd(): void {
    this.#follows = true;
    this.element.scrollTop = this.element.scrollHeight;
    this.#tell(0);
  }

  #tell(unseen: number): void {
    this.#unseen = unseen;
    this.#below.hidden = unseen === 0;
    this.#below.textContent = `${unseen} new below`;
  }
}
