import { count, part } from '../progress/parts.ts';
import type { BankQuestion } from '../quiz/bank.ts';
import { readDraft, restoreDraft, textOf } from './draft.ts';
import { clockHidden, hideClock } from './kept.ts';
import type { Draft, Running } from './running.ts';
import { clock } from './time.ts';

const KEPT =
  'Your answer: think it, say it or write it. What you write stays in this browser, until you leave the report.';

/** One question at a time, the clock, and the way on. */
export class AskingView {
  readonly #root: HTMLElement;
  #question: HTMLElement | undefined;
  #hidden = clockHidden();
  /** Whether a first press of "End now" waits for the second. */
  #asked = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    part(root, 'hide').addEventListener('click', () => {
      this.#hidden = !this.#hidden;
      hideClock(this.#hidden);
      this.#showClock();
    });
    this.#showClock();
  }

  /** What stands in the question on show. */
  get draft(): Draft | undefined {
    return this.#question && readDraft(this.#question);
  }

  get text(): string | undefined {
    return (this.#question && textOf(this.#question)?.value) || undefined;
  }

  ask(question: BankQuestion, { results, questions, draft, texts, seed }: Running): void {
    const { id } = question;
    const place = results.length + 1;
    const made = question.make();
    made.dataset['quiet'] = '';
    // Of a whole interview one number is kept: each question's order follows from it and from its place.
    made.dataset['seed'] = String((seed + Math.imul(place, 0x9e3779b9)) >>> 0);
    const label = made.querySelector('.open-text > span');
    if (label) label.textContent = KEPT;
    // They stand right below the heading of the question here.
    for (const title of made.querySelectorAll('h4')) title.ariaLevel = '3';
    this.#question = made;
    part(this.#root, 'question').replaceChildren(made);
    const text = textOf(made);
    if (text) text.value = texts[id] ?? '';
    if (draft?.id === id) restoreDraft(made, draft);
    part(this.#root, 'place').textContent = `Question ${place} of ${questions.length}`;
    this.#label('Skip');
    this.say('');
    part(this.#root, 'place').focus();
  }

  /** The answer stands: it cannot be changed, and the verdict comes at the end. */
  close(last: boolean): void {
    for (const field of this.#question?.querySelectorAll('fieldset') ?? []) field.disabled = true;
    this.#label(last ? 'To the report' : 'Next');
    this.say('Your answer is in. How it went comes at the end.');
    part(this.#root, 'on').focus();
  }

  get closed(): boolean {
    return this.#question?.querySelector('fieldset')?.disabled === true;
  }

  /** Asks once before it says yes: an end is for good. `left`: how many questions were not answered or skipped. */
  mayEnd(left: number): boolean {
    if (left === 0 || this.#asked) return true;
    this.#asked = true;
    part(this.#root, 'end').textContent = 'Yes, end it';
    this.say(
      `${count(left, 'question')} would stay unanswered. Press again to end it all the same.`,
    );
    return false;
  }

  clear(): void {
    this.#question = undefined;
    part(this.#root, 'question').replaceChildren();
  }

  say(words: string): void {
    part(this.#root, 'said').textContent = words;
  }

  /** The time, and whether it is over. `kept`: whether a reload would lose nothing. */
  showTime({ seconds, minutes }: Running, over: boolean, kept: boolean): void {
    part(this.#root, 'time').textContent = `${clock(seconds)} of ${clock(minutes * 60)}`;
    const notice = part(this.#root, 'over');
    const words = over
      ? 'The time is up. Nothing is cut off: finish at your own pace, or end now.'
      : '';
    if (notice.textContent !== words) notice.textContent = words;
    part(this.#root, 'unkept').hidden = kept;
  }

  /** The way on is quiet until the question is answered. */
  #label(words: string): void {
    this.#asked = false;
    part(this.#root, 'end').textContent = 'End now';
    part(this.#root, 'on').textContent = words;
    part(this.#root, 'on').classList.toggle('quiet', words === 'Skip');
  }

  #showClock(): void {
    part(this.#root, 'time').hidden = this.#hidden;
    part(this.#root, 'hide').textContent = this.#hidden ? 'Show the clock' : 'Hide the clock';
  }
}
