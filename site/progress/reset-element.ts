import { EMPTY, isEmpty, type Progress } from './document.ts';
import { LiveElement } from './live-element.ts';
import { mergeNewest } from './merge.ts';
import { count, define, part } from './parts.ts';
import { $state, type State, update } from './store.ts';

class ProgressReset extends LiveElement {
  /** What the last reset took away; it lasts as long as the page. */
  #before: Progress | undefined;

  get #dialog(): HTMLDialogElement {
    const dialog = part(this, 'dialog');
    if (!(dialog instanceof HTMLDialogElement)) throw new Error('data-part="dialog" is no dialog');
    return dialog;
  }

  protected override setUp(): void {
    part(this, 'reset').addEventListener('click', () => this.#ask());
    part(this, 'undo').addEventListener('click', () => this.#undo());
    this.#dialog.addEventListener('close', () => {
      if (this.#dialog.returnValue === 'reset') this.#reset();
    });
  }

  protected show({ mode, progress }: State): void {
    part(this, 'reset').toggleAttribute('disabled', mode === 'future' || isEmpty(progress));
  }

  #ask(): void {
    const { lessons, answers, labs, interviews } = $state.get().progress;
    const done = [...lessons.values()].filter((mark) => mark.done).length;
    const answered = count(answers.size, 'answer');
    const held = count(interviews.size, 'interview');
    const solved = count(labs.size, 'solved lab');
    part(this, 'question').textContent =
      `Forget ${count(done, 'finished lesson')}, ${answered}, ${solved} and ${held}? ` +
      'You can undo this until you leave the page.';
    this.#dialog.returnValue = '';
    this.#dialog.showModal();
  }

  #reset(): void {
    update((progress) => {
      this.#before = progress;
      return EMPTY;
    });
    part(this, 'undo').hidden = false;
    part(this, 'undo').focus();
    part(this, 'status').textContent = 'Progress was reset.';
  }

  /** Brings back what was taken, and keeps what has been answered since. */
  #undo(): void {
    const before = this.#before;
    if (before) update((since) => mergeNewest(before, since).progress);
    this.#before = undefined;
    part(this, 'reset').focus();
    part(this, 'undo').hidden = true;
    part(this, 'status').textContent = 'Everything is back.';
  }
}

define('progress-reset', ProgressReset);
