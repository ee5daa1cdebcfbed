/**
 * The packets that a lesson names, in its text (`Sent.astro`) and in a figure (`Packet.astro` with `trace`): beside a
 * playground each leads to the same packet in the reader's own trace.
 *
 * Life of one: plain; in the text a link that offers a run, as long as there is none; plain in a run, until its trace
 * has such a packet; then a link to it. Part of every page with a playground, so it is small and waits for an event.
 */
import type { WireView } from './view.ts';

type State = 'plain' | 'offer' | 'found';

const PAUSE = 200; // ms between two looks at a trace that grows

const views = new Set<WireView>();

/** Whether there is an example that could be started now. */
const canRun = () => document.querySelector('tab-playground button.run:enabled') !== null;

class Sent {
  readonly #host: HTMLElement;
  readonly #text: string;
  readonly #inFigure: boolean;
  #state: State = 'plain';
  #link: HTMLAnchorElement | undefined;

  constructor(host: HTMLElement, text: string, inFigure: boolean) {
    this.#host = host;
    this.#text = text;
    this.#inFigure = inFigure;
  }

  /** Becomes what it is now. */
  update(): void {
    const found = [...views].some((view) => view.has(this.#text));
    const offer = !this.#inFigure && views.size === 0 && canRun();
    this.#show(found ? 'found' : offer ? 'offer' : 'plain');
  }

  #show(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#host.classList.toggle('found', state === 'found');
    if (state === 'plain') {
      if (this.#inFigure) this.#link?.remove();
      else this.#link?.replaceWith(...[...this.#link.childNodes].slice(0, -1));
      this.#link = undefined;
    } else if (!this.#link) this.#link = this.#makeLink();
  }

  /** A place to go to without the trace: where the example is run. */
  #makeLink(): HTMLAnchorElement {
    const link = document.createElement('a');
    link.className = 'to-trace';
    link.href = `#${document.querySelector('section:has(> tab-playground)')?.id ?? '_top'}`;
    const rest = document.createElement('span');
    rest.className = 'sr-only';
    if (this.#inFigure) {
      rest.textContent = ` ${this.#host.parentElement?.querySelector('code')?.textContent}`;
      link.append('see it in your own trace', rest);
    } else {
      rest.textContent = ' in your own trace';
      link.append(...this.#host.childNodes, rest);
    }
    this.#host.append(link);
    link.addEventListener('click', (event) => this.#follow(event));
    return link;
  }

  #follow(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (this.#state === 'offer') {
      void import('./offer.ts').then(({ toggleOffer }) => toggleOffer(this.#host));
      return;
    }
    const found = [...views].findLast((view) => view.has(this.#text));
    if (!found?.select(this.#text, () => this.#comeBack())) look();
  }

  /** The reader is back in the text, also where the packet is no link any more. */
  #comeBack(): void {
    const place = this.#link ?? this.#host;
    if (place === this.#host) place.tabIndex = -1;
    place.scrollIntoView({ block: 'center' });
    place.focus({ preventScroll: true });
  }
}

const all = [
  ...[...document.querySelectorAll<HTMLElement>('.sent')].map(
    (host) => new Sent(host, host.dataset['find'] ?? host.textContent, false),
  ),
  ...[...document.querySelectorAll<HTMLElement>('.wire li[data-find]')].flatMap((li) => {
    const host = li.querySelector<HTMLElement>('.name');
    return host ? [new Sent(host, li.dataset['find'] ?? '', true)] : [];
  }),
];

let waits = false;

function look(): void {
  waits = false;
  for (const sent of all) sent.update();
}

document.addEventListener('trace', (event) => {
  views.add((event as CustomEvent<WireView>).detail);
  if (!waits) setTimeout(look, PAUSE);
  waits = true;
});
look();
