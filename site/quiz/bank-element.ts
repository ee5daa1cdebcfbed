import { count, define, part } from '../progress/parts.ts';
import { type BankEntry, type BankQuery, isAskedFor, readQuery, writeQuery } from './bank-query.ts';
import './question-element.ts';
import { unfolded } from './unfold.ts';

const WORDS =
  '.bank-item > details > summary, .question-code, .answers-option, .reason-why, .answers li, .listing';

/** All questions: found by words, lesson, level and kind; each opens when it is wanted, and comes to life when it is seen. */
class QuestionBank extends HTMLElement {
  #entries: ReadonlyMap<HTMLElement, BankEntry> | undefined;
  #reopened: HTMLDetailsElement[] = [];
  readonly #seen = new IntersectionObserver((entries) => this.#unfold(entries), {
    rootMargin: '300px',
  });

  connectedCallback(): void {
    const form = this.#form;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLElement && target.dataset['part'] !== 'too') this.#ask();
    });
    part(this, 'open').addEventListener('click', () => this.#fold(true));
    part(this, 'fold').addEventListener('click', () => this.#fold(false));
    part(this, 'print').addEventListener('click', () => print());
    this.addEventListener('toggle', ({ target }) => this.#toggled(target), { capture: true });
    addEventListener('hashchange', () => this.#openNamed());
    addEventListener('beforeprint', () => this.#beforePrint());
    addEventListener('afterprint', () => this.#afterPrint());
    this.#fill(readQuery(location.search, this.#known));
    this.#openNamed();
  }

  get #form(): HTMLFormElement {
    return part(this, 'tools') as HTMLFormElement;
  }

  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.bank-item')];
  }

  #values(name: string): string[] {
    const options = this.querySelectorAll<HTMLOptionElement>(`select[name="${name}"] option`);
    return [...options].map(({ value }) => value);
  }

  get #known() {
    const of = (name: string) => this.#values(name);
    return { lesson: of('lesson'), level: of('level'), kind: of('kind') };
  }

  get #query(): BankQuery {
    const data = new FormData(this.#form);
    const one = (name: string) => String(data.get(name) ?? '');
    return { q: one('q'), lesson: one('lesson'), level: one('level'), kind: one('kind') };
  }

  #fill(query: BankQuery): void {
    for (const [name, value] of Object.entries(query)) {
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
        field.value = value;
    }
    if (writeQuery(query) !== '') this.#filter(query);
  }

  #ask(): void {
    const query = this.#query;
    history.replaceState(history.state, '', `${location.pathname}${writeQuery(query)}`);
    this.#filter(query);
  }

  /** Read when something is asked for first, so that a page that is only opened does not pay for it. */
  #read(): ReadonlyMap<HTMLElement, BankEntry> {
    this.#entries ??= new Map(
      this.#items.map((item) => {
        const texts = [...item.querySelectorAll(WORDS)].map(({ textContent }) => textContent);
        const { lesson = '', level = '', kind = '' } = item.dataset;
        return [item, { text: texts.join(' ').toLowerCase(), lesson, level, kind }];
      }),
    );
    return this.#entries;
  }

  #filter(query: BankQuery): void {
    const entries = this.#read();
    for (const [item, entry] of entries) item.hidden = !isAskedFor(entry, query);
    for (const section of this.querySelectorAll<HTMLElement>('.bank-lesson'))
      section.hidden = !section.querySelector('.bank-item:not([hidden])');
    const found = this.#items.filter(({ hidden }) => !hidden).length;
    const all = found === entries.size;
    part(this, 'count').textContent = all
      ? `${count(found, 'question')}.`
      : `${found} of ${count(entries.size, 'question')}.`;
  }

  #fold(open: boolean): void {
    for (const details of this.querySelectorAll('details'))
      if (details.parentElement?.matches('.bank-item:not([hidden])')) details.open = open;
  }

  #toggled(target: EventTarget | null): void {
    if (!(target instanceof HTMLDetailsElement) || this.#reopened.includes(target)) return;
    const folded = target.open && target.querySelector(':scope > quiz-folded');
    if (folded) this.#seen.observe(folded);
  }

  #unfold(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      this.#seen.unobserve(target);
      if (target.isConnected) target.replaceWith(unfolded(target, this));
    }
  }

  /** The question that the address names is opened; a filter that hides it gives way. */
  #openNamed(): void {
    const id = location.hash.slice(1);
    const item = this.#items.find((each) => each.id === id);
    if (!item) return;
    if (item.hidden) {
      this.#fill({ q: '', lesson: '', level: '', kind: '' });
      this.#filter(this.#query);
    }
    const details = item.querySelector('details');
    if (details) details.open = true;
    const folded = item.querySelector<HTMLElement>('quiz-folded');
    folded?.replaceWith(unfolded(folded, this));
    item.scrollIntoView();
  }

  /** On paper nothing can be opened; so all that is asked for stands open, its answers too if they are wanted. */
  #beforePrint(): void {
    const wanted = this.querySelector('[data-part="too"]:checked') !== null;
    const selector = wanted ? ':scope > details, .answers, .hint' : ':scope > details';
    const closed = this.#items
      .filter(({ hidden }) => !hidden)
      .flatMap((item) => [...item.querySelectorAll<HTMLDetailsElement>(selector)]);
    this.#reopened = closed.filter((details) => !details.open);
    for (const details of this.#reopened) details.open = true;
  }

  #afterPrint(): void {
    for (const details of this.#reopened) details.open = false;
    // Their events come later.
    setTimeout(() => {
      this.#reopened = [];
    });
  }
}

define('question-bank', QuestionBank);
