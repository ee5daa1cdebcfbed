import { part } from '../progress/parts.ts';
import { type Judged, judgeRubric } from './judge.ts';
import type { AnswerView } from './question-view.ts';

/** A question to answer aloud or in writing: the model answer is shown, and the reader ticks what they covered. */
export class OpenView implements AnswerView {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get #ticks(): HTMLInputElement[] {
    return [...part(this.#root, 'rubric').querySelectorAll('input')];
  }

  /** Whether the model answer is on show, and the rubric with it. */
  get shown(): boolean {
    return !part(this.#root, 'model').hidden;
  }

  reveal(): void {
    part(this.#root, 'model').hidden = false;
    part(this.#root, 'model').focus();
  }

  /** What the reader wrote; it is kept nowhere. */
  get text(): string {
    return this.#text.value;
  }

  set text(value: string) {
    this.#text.value = value;
  }

  get #text(): HTMLTextAreaElement {
    const found = part(this.#root, 'text');
    if (found instanceof HTMLTextAreaElement) return found;
    throw new Error('data-part="text" is no textarea');
  }

  get chosen(): string[] {
    return this.#ticks.filter((tick) => tick.checked).map((tick) => tick.value);
  }

  readonly missing = undefined;

  choose(ids: readonly string[]): void {
    for (const tick of this.#ticks) tick.checked = ids.includes(tick.value);
  }

  judge(): Judged {
    return judgeRubric(this.chosen.length, this.#ticks.length);
  }

  arrange(): void {}

  focusFirst(): void {
    this.#text.focus();
  }

  showReasons(): void {
    part(this.#root, 'model').hidden = false;
  }

  hideReasons(): void {
    part(this.#root, 'model').hidden = true;
    this.choose([]);
  }

  clearNotes(): void {}
}
