import { part } from '../progress/parts.ts';
import type { Judged } from './judge.ts';

export type Verdict = 'right' | 'wrong' | 'none';

/** The part of a question that depends on its kind. What it gives and takes are ids. */
export interface AnswerView {
  /** What the reader has chosen, ordered or ticked. */
  readonly chosen: string[];
  /** What to say when nothing can be checked yet; undefined when it can. */
  readonly missing: string | undefined;
  choose(ids: readonly string[]): void;
  judge(): Judged;
  /** Puts options or steps in the order of a seed. */
  arrange(seed: number): void;
  focusFirst(): void;
  /** Puts each reason in its place. */
  showReasons(): void;
  hideReasons(): void;
  /** Takes back who chose what, when the choice has changed since the check. */
  clearNotes(): void;
}

/** Where it is said, beside the verdict of a reason, what the reader had to do with it. */
export function noteOf(reason: Element): Element {
  const found = reason.querySelector('[data-note]');
  if (found) return found;
  const note = document.createElement('span');
  note.dataset['note'] = '';
  reason.querySelector('.reason-verdict')?.append(note);
  return note;
}

/** Paints what all kinds of questions share: verdict, buttons, hints; knows nothing of progress. */
export class QuestionView {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
    const hints = this.#hints;
    hints.forEach((hint, place) => {
      hint.hidden = place > 0;
      hint.addEventListener('toggle', () => {
        const next = hints[place + 1];
        if (hint.open && next) next.hidden = false;
      });
    });
  }

  get #hints(): HTMLDetailsElement[] {
    return [...this.#root.querySelectorAll<HTMLDetailsElement>('details.hint')];
  }

  get #unsure(): HTMLInputElement | null {
    return this.#root.querySelector<HTMLInputElement>('[data-part="unsure"]');
  }

  /** Whether the reader asked for a hint, or said that they were not sure. */
  get hard(): boolean {
    return this.#unsure?.checked === true || this.#hints.some(({ open }) => open);
  }

  /** As for a reader who has not been here: hints folded, sure of it. */
  forget(): void {
    if (this.#unsure) this.#unsure.checked = false;
    this.#hints.forEach((hint, place) => {
      hint.open = false;
      hint.hidden = place > 0;
    });
  }

  /** Shows a verdict. `aloud` texts are announced; the others are there for the eye. */
  say(verdict: Verdict, text: string, aloud = true): void {
    part(this.#root, 'verdict').dataset['verdict'] = verdict;
    part(this.#root, 'status').textContent = aloud ? text : '';
    part(this.#root, 'saved').textContent = aloud ? '' : text;
  }

  /** Offers "Try again" when there is something to clear. */
  offerAgain(offered: boolean): void {
    this.#root.toggleAttribute('data-touched', offered);
  }

  labelCheck(label: string): void {
    part(this.#root, 'check').textContent = label;
  }

  /** Shows or hides what is said below all reasons. */
  explain(shown: boolean): void {
    part(this.#root, shown ? 'more' : 'answers').append(part(this.#root, 'explain'));
    this.#root.toggleAttribute('data-checked', shown);
  }
}
