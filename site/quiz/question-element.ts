import type { Answer, Grade } from '../progress/document.ts';
import { LiveElement } from '../progress/live-element.ts';
import { day, define, part } from '../progress/parts.ts';
import { recordAnswer } from '../progress/record.ts';
import type { State } from '../progress/store.ts';
import { ChoiceView } from './choice-view.ts';
import { gradeOf, type Judged } from './judge.ts';
import { OpenView } from './open-view.ts';
import { OrderView } from './order-view.ts';
import { type AnswerView, QuestionView } from './question-view.ts';
import { newSeed } from './shuffle.ts';

/** What a checked question tells whoever shows it, as the detail of its `answered` event. */
export interface Answered {
  question: string;
  grade: Grade;
}

function answerView(root: HTMLElement): AnswerView {
  const kind = root.dataset['kind'];
  if (kind === 'order') return new OrderView(root);
  return kind === 'open' ? new OpenView(root) : new ChoiceView(root);
}

/**
 * One question: checks the answer, shows every reason, remembers the attempt, follows other tabs. Where it is asked
 * anew (`data-fresh`: review and interview) it shows no saved answer. `data-quiet` keeps the verdict to itself;
 * `data-seed` brings an order back after a reload.
 */
class QuizQuestion extends LiveElement {
  readonly #view = new QuestionView(this);
  #answer = answerView(this);
  #seed = newSeed();
  /** Time of the saved answer on show; a reader's own unsaved choice is never painted over. */
  #seen: string | undefined;
  #touched = false;
  /** Whether what stands here was checked already: to ask for its reasons again is no attempt. */
  #checked = false;

  get #fresh(): boolean {
    return this.dataset['fresh'] !== undefined;
  }

  get #checkLabel(): string {
    if (this.#answer instanceof OpenView) return 'Show the model answer';
    return this.dataset['quiet'] === undefined ? 'Check' : 'Answer';
  }

  protected override setUp(): void {
    const { seed } = this.dataset;
    if (seed !== undefined) this.#seed = Number(seed);
    if (this.dataset['quiet'] !== undefined) this.#view.labelCheck(this.#checkLabel);
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#check();
    });
    this.addEventListener('change', ({ target }) => {
      if (target !== this.querySelector('[data-part="text"]')) this.#change();
    });
    part(this, 'again').addEventListener('click', () => {
      this.#clear();
      this.#touched = true;
      this.#answer.focusFirst();
    });
    this.#answer.arrange(this.#seed);
  }

  #check(): void {
    const open = this.#answer instanceof OpenView ? this.#answer : undefined;
    if (open && !open.shown) {
      open.reveal();
      this.#touched = true;
      this.#view.labelCheck('Save what I ticked');
      return;
    }
    const { missing } = this.#answer;
    if (missing) {
      this.#view.say('none', missing);
      return;
    }
    const judged = this.#answer.judge();
    const grade = gradeOf(judged, this.#isHard(judged));
    if (this.dataset['quiet'] === undefined) this.#showVerdict(judged);
    if (!this.#checked) this.#record(grade);
    this.#checked = true;
  }

  /** For a rubric, an item left out counts as doubt. */
  #isHard({ right }: Judged): boolean {
    if (!right) return false;
    const ticks = this.querySelectorAll('[data-part="rubric"] input').length;
    return this.#view.hard || (ticks > 0 && this.#answer.chosen.length < ticks);
  }

  #showVerdict({ right, words }: Judged): void {
    this.#answer.clearNotes();
    this.#answer.showReasons();
    this.#view.explain(true);
    this.#view.say(right ? 'right' : 'wrong', words);
    this.#view.labelCheck(this.#answer instanceof OpenView ? 'Save what I ticked' : 'Check');
    this.#view.offerAgain(true);
  }

  #record(grade: Grade): void {
    const question = this.dataset['question'] ?? '';
    this.#touched = true;
    recordAnswer(question, { chosen: this.#answer.chosen, grade, seed: this.#seed });
    this.#touched = false;
    const detail: Answered = { question, grade };
    this.dispatchEvent(new CustomEvent('answered', { detail, bubbles: true }));
  }

  #change(): void {
    this.#touched = true;
    this.#checked = false;
    this.#answer.clearNotes();
    if (!(this.#answer instanceof OpenView)) this.#view.labelCheck(this.#checkLabel);
    this.#view.say('none', '');
  }

  #clear(): void {
    this.#checked = false;
    this.#answer.choose([]);
    this.#answer.hideReasons();
    this.#view.explain(false);
    this.#view.forget();
    this.#seed = newSeed();
    this.#answer.arrange(this.#seed);
    this.#view.say('none', '');
    this.#view.labelCheck(this.#checkLabel);
    this.#view.offerAgain(false);
  }

  protected show({ progress }: State): void {
    if (this.#fresh) return;
    const answer = progress.answers.get(this.dataset['question'] ?? '');
    if (answer?.at === this.#seen) return;
    this.#seen = answer?.at;
    if (this.#touched) return;
    if (answer) this.#restore(answer);
    else this.#clear();
  }

  #restore({ chosen, right, at, seed }: Answer): void {
    this.#answer.hideReasons();
    this.#view.explain(false);
    this.#seed = seed;
    this.#answer.arrange(seed);
    this.#answer.choose(chosen);
    this.#checked = true;
    const verdict = right ? 'Right.' : 'Not right.';
    this.#view.say(right ? 'right' : 'wrong', `${verdict} Saved on ${day(at)}.`, false);
    this.#view.labelCheck('Show why');
    this.#view.offerAgain(true);
  }
}

define('quiz-question', QuizQuestion);
