// The toolbar over the wire: what is shown, and what is done with it.
import { button, el } from './dom.ts';
import type { Item, Topic } from './item.ts';
import { textOf } from './text.ts';

const TOPICS: [value: Topic | '', label: string][] = [
  ['', 'Everything'],
  ['http', 'HTTP'],
  ['packets', 'Packets'],
  ['cookies', 'Cookies'],
];

interface Presses {
  filter(): void;
  pause(): void;
  copy(): void;
  clear(): void;
}

export class Tools {
  readonly element: HTMLElement;
  #text = el('input');
  #topic = el('select');
  #beats = el('input');
  #folded = el('span');
  #pause: HTMLButtonElement;
  #status = el('span', 'wire-status');

  constructor(presses: Presses) {
    this.#text.type = 'search';
    this.#text.spellcheck = false;
    this.#text.autocomplete = 'off';
    this.#beats.type = 'checkbox';
    for (const [value, label] of TOPICS) this.#topic.append(new Option(label, value));
    for (const control of [this.#text, this.#topic, this.#beats]) {
      control.addEventListener('input', () => presses.filter());
    }
    this.#status.role = 'status';
    this.#pause = button('Pause', presses.pause);
    this.element = el(
      'div',
      'wire-tools',
      el('label', 'wire-find', 'Find ', this.#text),
      el('label', '', 'Show ', this.#topic),
      el('label', 'wire-check', this.#beats, el('span', '', 'ping, pong', this.#folded)),
      el(
        'div',
        'wire-buttons',
        this.#pause,
        button('Copy all', presses.copy),
        button('Clear', presses.clear),
        this.#status,
      ),
    );
    this.element.role = 'group';
    this.element.ariaLabel = 'Tools for the wire';
  }

  /** Whether an item passes the filter. */
  shows(item: Item): boolean {
    if (item.beat && !this.#beats.checked) return false;
    const topic = this.#topic.value;
    if (topic && !item.topics.some((each) => each === topic)) return false;
    const wanted = this.#text.value.trim().toLowerCase();
    return wanted === '' || textOf(item).toLowerCase().includes(wanted);
  }

  /** Takes the filter away, as far as it hides this item. */
  reveal(item: Item): void {
    if (item.beat) this.#beats.checked = true;
    if (this.shows(item)) return;
    this.#text.value = '';
    this.#topic.value = '';
  }

  /** How many pings and pongs there are. */
  set beats(count: number) {
    this.#folded.textContent = count > 0 ? ` (${count})` : '';
  }

  /** How many events wait; undefined while none has to. */
  set waiting(count: number | undefined) {
    this.#pause.textContent =
      count === undefined ? 'Pause' : count > 0 ? `Resume (${count} wait)` : 'Resume';
  }

  say(words: string): void {
    this.#status.textContent = words;
  }
}
