import type { Answer } from '../progress/document.ts';
import { part } from '../progress/parts.ts';
import { entryOf, type Plan } from './schedule.ts';
import { countWords, endWords, laterWords, offerWords } from './words.ts';

const NOTES = { due: '', again: ', asked again', new: ', new' };

/** Paints the page of the review; knows nothing of progress. */
export class ReviewView {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get #place(): HTMLElement {
    return part(this.#root, 'place');
  }

  /** Whether the reader is at the question, so that the focus must not be lost with it. */
  get holdsFocus(): boolean {
    return this.#place.contains(document.activeElement);
  }

  focus(): void {
    part(this.#root, 'heading').focus();
  }

  count(plan: Plan, fresh: number): void {
    part(this.#root, 'count').textContent = countWords(plan, fresh);
  }

  /** Shows one of the page's states: a heading, words, and the parts named; the others are hidden. */
  #show(heading: string, words: string, ...parts: string[]): void {
    for (const name of ['empty', 'failed', 'after', 'offer', 'how'])
      part(this.#root, name).hidden = !parts.includes(name);
    this.#place.replaceChildren();
    delete this.#place.dataset['settled'];
    part(this.#root, 'heading').textContent = heading;
    const status = part(this.#root, 'words');
    if (status.textContent !== words) status.textContent = words; // the same words are not announced again
  }

  ask(question: HTMLElement | undefined, number: number, note: keyof typeof NOTES): void {
    this.#show(`Question ${number}${NOTES[note]}`, '');
    if (question) this.#place.append(question);
  }

  /** The question was checked: it stands as it is, and what follows comes below it. */
  settle(id: string, answer: Answer | undefined, more: boolean): void {
    const fields = this.#place.querySelector('fieldset');
    const back = this.#place.querySelector<HTMLAnchorElement>('.question-back a');
    const link = part(this.#root, 'section') as HTMLAnchorElement;
    link.href = back?.href ?? '';
    link.textContent = back?.textContent ?? '';
    const entry = answer && entryOf(id, answer);
    part(this.#root, 'later').textContent = entry
      ? laterWords(entry.day, entry.wrong, Date.now())
      : '';
    part(this.#root, 'next').textContent = more ? 'Next' : 'Finish';
    part(this.#root, 'after').hidden = false;
    part(this.#root, 'next').focus({ preventScroll: true }); // the reasons are what is to be seen now
    if (fields) fields.disabled = true;
    this.#place.dataset['settled'] = '';
  }

  wait(): void {
    this.#show('One moment', 'The questions are on their way.');
  }

  fail(): void {
    this.#show(
      'The questions did not load',
      'Nothing is lost: your answers are in this browser. Look whether you are online, then try again.',
      'failed',
    );
  }

  /** For a reader who has answered nothing yet. */
  welcome(): void {
    this.#show('Nothing to review yet', '', 'empty', 'how');
  }

  rest(plan: Plan, fresh: number): void {
    const heading = plan.today.answered > 0 ? 'Done for today' : 'Nothing is due today';
    this.#show(heading, endWords(plan, Date.now()), 'how', ...(fresh > 0 ? ['offer'] : []));
    const { words, button } = offerWords(fresh);
    part(this.#root, 'offer-words').textContent = words;
    part(this.#root, 'take').textContent = button;
  }
}
