/**
 * The wire inspector: what goes between the page's browser and `server.ts`, as it is sent. Its styles are in
 * `wire.css`. Events come in bursts: they are read as they come, and drawn once a frame.
 */
import type { WireEvent } from '../../tab/wire.ts';
import { WireReader } from './decode.ts';
import { button, el } from './dom.ts';
import type { Item } from './item.ts';
import { List, MOST } from './list.ts';
import { textOf } from './text.ts';
import { Tools } from './tools.ts';
import { clock } from './words.ts';

/** Bubbles from the view's host when its list has changed; `detail` is the view. */
export const TRACE = 'trace';

const EMPTY =
  'Nothing has gone over the wire. Start the server and connect: each request, packet and cookie stands here as it was sent.';

export class WireView {
  readonly #host: HTMLElement;
  readonly #reader = new WireReader();
  readonly #tools: Tools;
  readonly #list: List;
  readonly #note = el('p', 'wire-note');
  readonly #browsers = new Set<string>();
  readonly #back = button('Back to the text', () => this.#return());
  #leave = () => {};
  #waiting: Item[] = [];
  #paused = false;
  #frame = 0;
  #gone = 0;

  /** Fills `host`. `now` is what the `exp` of tokens is measured by, in ms since the epoch. */
  constructor(host: HTMLElement, { now = Date.now }: { now?: () => number } = {}) {
    this.#host = host;
    this.#tools = new Tools({
      filter: () => {
        this.#list.filter();
        this.#tell();
      },
      pause: () => this.#pause(),
      copy: () => void this.#copy(),
      clear: () => this.clear(),
    });
    this.#list = new List((item) => this.#tools.shows(item), now);
    this.#back.classList.add('wire-back');
    host.classList.add('wire-view', 'not-content');
    const ends = el('p', 'wire-ends', el('span', '', 'browser'), el('span', '', 'server.ts'));
    ends.ariaHidden = 'true';
    host.replaceChildren(this.#tools.element, ends, this.#note, this.#list.element);
    this.#tell();
  }

  add(event: WireEvent): void {
    this.#waiting.push(this.#reader.read(event));
    if (this.#waiting.length > MOST) {
      this.#waiting.shift();
      this.#gone += 1;
    }
    if (this.#paused) this.#tools.waiting = this.#waiting.length;
    else if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Empties the list; also of what waits. */
  clear(): void {
    this.#waiting = [];
    this.#gone = 0;
    this.#browsers.clear();
    this.#list.clear();
    this.#tools.say('');
    if (this.#paused) this.#tools.waiting = 0;
    this.#tell();
    this.#announce();
  }

  /** Whether the list has an item that `select` would find. */
  has(packetText: string): boolean {
    return this.#list.find(packetText) !== undefined;
  }

  /**
   * Goes to the last item with this packet, request or status line, body or header line: marks and opens it, and gives
   * it the focus. A button in it calls `back`. How texts are compared: see `findLast`. False where none matches.
   */
  select(packetText: string, back: () => void): boolean {
    if (!this.#paused) this.#draw();
    const item = this.#list.find(packetText);
    if (!item) return false;
    this.#tools.reveal(item);
    this.#list.filter();
    this.#leave = back;
    this.#list.mark(item, this.#back);
    this.#tell();
    this.#tools.say(`Marked: ${item.name}, ${clock(item.event.at)}.`);
    return true;
  }

  #return(): void {
    this.#back.remove();
    this.#tools.say('');
    this.#leave();
  }

  #announce(): void {
    this.#host.dispatchEvent(new CustomEvent<WireView>(TRACE, { bubbles: true, detail: this }));
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#paused || this.#waiting.length === 0) return;
    const before = this.#list.items.length;
    const added = this.#waiting.length;
    for (const { event } of this.#waiting) this.#browsers.add(event.browser);
    this.#host.classList.toggle('many', this.#browsers.size > 1);
    this.#list.add(this.#waiting);
    this.#waiting = [];
    this.#gone += before + added - this.#list.items.length;
    this.#tell();
    this.#announce();
  }

  #pause(): void {
    this.#paused = !this.#paused;
    this.#tools.waiting = this.#paused ? this.#waiting.length : undefined;
    if (!this.#paused) this.#draw();
  }

  async #copy(): Promise<void> {
    const { items } = this.#list;
    this.#tools.say('');
    try {
      await navigator.clipboard.writeText(items.map(textOf).join('\n'));
      this.#tools.say(`Copied ${items.length}, hidden ones too.`);
    } catch {
      this.#tools.say('The browser did not allow it.');
    }
  }

  /** Says what the list does not show. */
  #tell(): void {
    const { items, shown, beats } = this.#list;
    this.#tools.beats = beats;
    const gone = `The oldest ${this.#gone} are gone: this list keeps ${MOST.toLocaleString('en-US')}.`;
    const none = items.length ? `None of ${items.length} events passes the filter.` : EMPTY;
    const words = [...(this.#gone > 0 ? [gone] : []), ...(shown > 0 ? [] : [none])];
    this.#note.hidden = words.length === 0;
    this.#note.textContent = words.join(' ');
  }
}
