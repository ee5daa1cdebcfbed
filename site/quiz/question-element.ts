import type { Answer } from '../progress/document.ts';
import { LiveElement } from '../progress/live-element.ts';
import { day, define, part } from '../progress/parts.ts';
import { recordAnswer } from '../progress/record.ts';
import type { State } from '../progress/store.ts';
import { judge, verdictOf } from './judge.ts';
import { QuestionView } from './question-view.ts';

/** One question: checks the choice, shows every reason, remembers the answer, follows other tabs. */
class QuizQuestion extends LiveElement {
  readonly #view = new QuestionView(this);
  /** Time of the saved answer on show; a reader's own unsaved choice is never painted over. */
  #seen: string | undefined;
  #touched = false;

  protected override setUp(): void {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#check();
    });
    this.addEventListener('change', () => this.#change());
    part(this, 'again').addEventListener('click', () => {
      this.#clear();
      this.#touched = true;
      this.#view.focusFirst();
    });
  }

  #check(): void {
    const { chosen, right } = this.#view;
    if (chosen.length === 0) {
      this.#view.say('none', 'Choose an answer first.');
      return;
    }
    const judged = judge(chosen, right);
    this.#view.hideReasons();
    this.#view.showReasons();
    this.#view.say(judged.right ? 'right' : 'wrong', verdictOf(judged));
    this.#view.labelCheck('Check');
    this.#view.offerAgain(true);
    this.#touched = true;
    recordAnswer(this.dataset.question ?? '', chosen, judged.right);
    this.#touched = false;
  }

  #change(): void {
    this.#touched = true;
    this.#view.clearNotes();
    this.#view.labelCheck('Check');
    this.#view.say('none', '');
  }

  #clear(): void {
    this.#view.choose([]);
    this.#view.hideReasons();
    this.#view.say('none', '');
    this.#view.labelCheck('Check');
    this.#view.offerAgain(false);
  }

  protected show({ progress }: State): void {
    const answer = progress.answers.get(this.dataset.question ?? '');
    if (answer?.at === this.#seen) return;
    this.#seen = answer?.at;
    if (this.#touched) return;
    if (answer) this.#restore(answer);
    else this.#clear();
  }

  #restore({ chosen, right, at }: Answer): void {
    this.#view.hideReasons();
    this.#view.choose(chosen);
    const verdict = right ? 'Right.' : 'Not right.';
    this.#view.say(right ? 'right' : 'wrong', `${verdict} Saved on ${day(at)}.`, false);
    this.#view.labelCheck('Show why');
    this.#view.offerAgain(true);
  }
}

define('quiz-question', QuizQuestion);
