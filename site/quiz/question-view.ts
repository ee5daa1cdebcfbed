import { part } from '../progress/parts.ts';
import { choiceNote } from './judge.ts';

export type Verdict = 'right' | 'wrong' | 'none';

/** Reads and paints the markup of one question; knows nothing of progress. */
export class QuestionView {
  readonly #root: HTMLElement;
  readonly #several: boolean;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#several = root.dataset.several !== undefined;
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.#root.querySelectorAll('input')];
  }

  get #choices(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('[data-choice]')];
  }

  get chosen(): string[] {
    return this.#inputs.filter((input) => input.checked).map((input) => input.value);
  }

  get right(): string[] {
    return this.#choices.flatMap(({ dataset: { right, choice } }) =>
      right === undefined ? [] : (choice ?? []),
    );
  }

  choose(ids: readonly string[]): void {
    for (const input of this.#inputs) input.checked = ids.includes(input.value);
  }

  focusFirst(): void {
    this.#inputs[0]?.focus();
  }

  /** Shows a verdict. `aloud` texts are announced; the others are there for the eye. */
  say(verdict: Verdict, text: string, aloud = true): void {
    part(this.#root, 'verdict').dataset.verdict = verdict;
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

  /** Puts each reason under its option, and says which options were chosen. */
  showReasons(): void {
    const chosen = this.chosen;
    for (const choice of this.#choices) {
      const id = choice.dataset.choice ?? '';
      choice.toggleAttribute('data-chosen', chosen.includes(id));
      const reason = this.#reasonFor(id, chosen.includes(id));
      if (!reason) continue;
      const right = choice.dataset.right !== undefined;
      const note = choiceNote(chosen.includes(id), right, this.#several);
      const place = reason.querySelector('[data-note]');
      if (place) place.textContent = note === '' ? '' : `, ${note}`;
      choice.append(reason);
    }
    part(this.#root, 'more').append(part(this.#root, 'explain'));
    this.#root.dataset.checked = '';
  }

  /** The reason of its own, or for a chosen line without one a copy of "any other line". */
  #reasonFor(id: string, chosen: boolean): HTMLElement | undefined {
    const own = this.#root.querySelector<HTMLElement>(`[data-reason="${id}"]`);
    if (own) return own;
    const other = this.#root.querySelector('[data-reason=""]');
    if (!chosen || !other) return undefined;
    const copy = other.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return undefined;
    copy.dataset.reason = id;
    copy.dataset.copy = '';
    return copy;
  }

  /** Takes back who chose what, when the choice has changed since the check. */
  clearNotes(): void {
    for (const note of this.#root.querySelectorAll('[data-note]')) note.textContent = '';
  }

  hideReasons(): void {
    this.clearNotes();
    delete this.#root.dataset.checked;
    part(this.#root, 'answers').append(part(this.#root, 'explain'));
    for (const copy of this.#root.querySelectorAll('[data-copy]')) copy.remove();
  }
}
