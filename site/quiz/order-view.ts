import { part } from '../progress/parts.ts';
import { type Judged, judgeOrder, stepNote } from './judge.ts';
import { type AnswerView, noteOf } from './question-view.ts';
import { displaced } from './shuffle.ts';

/** Steps to be put in order: by two buttons each, by the arrow keys on them, or by dragging. */
export class OrderView implements AnswerView {
  readonly #root: HTMLElement;
  readonly #list: HTMLElement;
  #dragged: HTMLElement | undefined;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#list = part(root, 'steps');
    for (const step of this.#steps) step.draggable = true;
    this.#list.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest('button') : null;
      if (button) this.#move(button, Number(button.dataset['by']));
    });
    this.#list.addEventListener('keydown', (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by === undefined || !(event.target instanceof HTMLButtonElement)) return;
      event.preventDefault();
      this.#move(event.target, by);
    });
    this.#list.addEventListener('dragstart', ({ target }) => {
      this.#dragged = this.#steps.find((step) => step === target);
    });
    this.#list.addEventListener('dragover', (event) => this.#drag(event));
    this.#list.addEventListener('drop', (event) => event.preventDefault());
  }

  get #steps(): HTMLElement[] {
    return [...this.#list.children].filter((each) => each instanceof HTMLElement);
  }

  get #right(): string[] {
    return (this.#list.dataset['order'] ?? '').split(' ');
  }

  get chosen(): string[] {
    return this.#steps.map(({ dataset }) => dataset['choice'] ?? '');
  }

  readonly missing = undefined;

  choose(ids: readonly string[]): void {
    const steps = this.#steps;
    const known = ids.flatMap((id) => steps.find(({ dataset }) => dataset['choice'] === id) ?? []);
    if (known.length === steps.length) this.#list.append(...known);
  }

  judge(): Judged {
    return judgeOrder(this.chosen, this.#right);
  }

  arrange(seed: number): void {
    this.choose(displaced(this.#right, seed));
  }

  focusFirst(): void {
    this.#list.querySelector('button')?.focus();
  }

  showReasons(): void {
    const right = this.#right;
    this.#steps.forEach((step, index) => {
      const id = step.dataset['choice'] ?? '';
      const reason = this.#root.querySelector<HTMLElement>(`[data-reason="${id}"]`);
      const place = right.indexOf(id);
      if (!reason) return;
      reason.dataset['verdict'] = place === index ? 'right' : 'wrong';
      noteOf(reason).textContent = stepNote(index + 1, place + 1);
      step.append(reason);
    });
  }

  hideReasons(): void {
    this.clearNotes();
  }

  clearNotes(): void {
    for (const note of this.#root.querySelectorAll('[data-note]')) note.textContent = '';
  }

  #move(button: HTMLButtonElement, by: number): void {
    const step = button.closest('li');
    const other = by < 0 ? step?.previousElementSibling : step?.nextElementSibling;
    if (!step || !other) return;
    if (by < 0) other.before(step);
    else other.after(step);
    button.focus(); // a moved element has lost it
    this.#moved(step);
  }

  #drag(event: DragEvent): void {
    const over = event.target instanceof Element ? event.target.closest('li') : null;
    if (!this.#dragged || !over || !this.#list.contains(over)) return;
    event.preventDefault();
    if (over === this.#dragged) return;
    const steps = this.#steps;
    if (steps.indexOf(over) < steps.indexOf(this.#dragged)) over.before(this.#dragged);
    else over.after(this.#dragged);
    this.#moved(this.#dragged);
  }

  #moved(step: HTMLElement): void {
    const steps = this.#steps;
    const words = step.querySelector('.step-text')?.textContent?.trim() ?? '';
    part(this.#root, 'moved').textContent =
      `${words}: now number ${steps.indexOf(step) + 1} of ${steps.length}.`;
    step.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
