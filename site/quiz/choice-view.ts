import { choiceNote, type Judged, judgeChoice } from './judge.ts';
import { type AnswerView, noteOf } from './question-view.ts';
import { shuffled } from './shuffle.ts';

/** Options, or lines of a listing, of which one or several are right. */
export class ChoiceView implements AnswerView {
  readonly #root: HTMLElement;
  readonly #several: boolean;
  /** As the author wrote them: a seed always means the same order. */
  readonly #options: Element[];

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#several = root.dataset['several'] !== undefined;
    this.#options = [...(root.querySelector('.options')?.children ?? [])];
  }

  get #inputs(): HTMLInputElement[] {
    return [...this.#root.querySelectorAll<HTMLInputElement>('[data-choice] input')];
  }

  get #choices(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('[data-choice]')];
  }

  get #right(): string[] {
    return this.#choices.flatMap(({ dataset }) =>
      dataset['right'] === undefined ? [] : (dataset['choice'] ?? []),
    );
  }

  get chosen(): string[] {
    return this.#choices.flatMap((choice) =>
      choice.querySelector(':checked') ? (choice.dataset['choice'] ?? '') : [],
    );
  }

  get missing(): string | undefined {
    return this.chosen.length === 0 ? 'Choose an answer first.' : undefined;
  }

  choose(ids: readonly string[]): void {
    for (const choice of this.#choices) {
      const input = choice.querySelector('input');
      if (input) input.checked = ids.includes(choice.dataset['choice'] ?? '');
    }
  }

  judge(): Judged {
    return judgeChoice(this.chosen, this.#right);
  }

  /** Options change places; the lines of a listing do not. */
  arrange(seed: number): void {
    const options = this.#root.querySelector('.options');
    const order = shuffled(this.#options, seed);
    if (order.some((option, place) => options?.children[place] !== option))
      options?.append(...order);
  }

  focusFirst(): void {
    this.#inputs[0]?.focus();
  }

  /** Puts each reason under its option, and says which options were chosen. */
  showReasons(): void {
    const { chosen } = this;
    for (const choice of this.#choices) {
      const id = choice.dataset['choice'] ?? '';
      choice.toggleAttribute('data-chosen', chosen.includes(id));
      const reason = this.#reasonFor(id, chosen.includes(id));
      if (!reason) continue;
      const right = choice.dataset['right'] !== undefined;
      const note = choiceNote(chosen.includes(id), right, this.#several);
      noteOf(reason).textContent = note === '' ? '' : `, ${note}`;
      choice.append(reason);
    }
  }

  /** The reason of its own, or for a chosen line without one a copy of "any other line". */
  #reasonFor(id: string, chosen: boolean): HTMLElement | undefined {
    const own = this.#root.querySelector<HTMLElement>(`[data-reason="${id}"]`);
    if (own) return own;
    const other = this.#root.querySelector('[data-reason=""]');
    if (!chosen || !other) return undefined;
    const copy = other.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return undefined;
    copy.dataset['reason'] = id;
    copy.dataset['copy'] = '';
    return copy;
  }

  hideReasons(): void {
    this.clearNotes();
    for (const copy of this.#root.querySelectorAll('[data-copy]')) copy.remove();
  }

  clearNotes(): void {
    for (const note of this.#root.querySelectorAll('[data-note]')) note.textContent = '';
  }
}
