import { LiveElement } from '../progress/live-element.ts';
import { define, part } from '../progress/parts.ts';
import { $state } from '../progress/store.ts';
import { type BankQuestion, fetchBank } from '../quiz/bank.ts';
import { type LessonQuestions, newQuestions } from './offer.ts';
import { ReviewView } from './review-view.ts';
import { type Plan, planAt, sitting } from './schedule.ts';

/** A question on show: touched once the reader has begun to answer, settled once it is checked. */
interface Asked {
  id: string;
  state: 'open' | 'touched' | 'settled';
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter(Boolean);
}

/**
 * Asks what is due, one question at a time. It keeps nothing itself: an attempt is recorded as it is checked, and what
 * comes next follows from the progress alone, so that a reload or another tab goes on where this one is.
 */
class QuestionReview extends LiveElement {
  readonly #view = new ReviewView(this);
  #lessons: LessonQuestions[] = [];
  #known = new Set<string>();
  #bank: ReadonlyMap<string, BankQuestion> | undefined;
  #fetch: 'none' | 'under way' | 'failed' = 'none';
  #asked: Asked | undefined;
  /** How many this page has asked. */
  #number = 0;
  /** New questions that the reader has taken. */
  #taken: string[] = [];

  protected override setUp(): void {
    this.#lessons = [...this.querySelectorAll<HTMLElement>('[data-lesson]')].map(({ dataset }) => ({
      lesson: dataset['lesson'] ?? '',
      shown: words(dataset['shown']),
      bank: words(dataset['bank']),
    }));
    this.#known = new Set(this.#lessons.flatMap(({ shown, bank }) => [...shown, ...bank]));
    // Before the question hears of it: what it records is shown at once, and must not take it away.
    for (const type of ['submit', 'input', 'change'])
      this.addEventListener(type, () => this.#touch(), { capture: true });
    this.addEventListener('answered', () => this.#settle());
    part(this, 'next').addEventListener('click', () => this.#ask(true));
    part(this, 'retry').addEventListener('click', () => this.#ask(true));
    part(this, 'take').addEventListener('click', () => {
      this.#taken = this.#offer();
      this.#ask(true);
    });
    // A page that was left open goes on the next day.
    document.addEventListener('visibilitychange', () => this.show());
  }

  protected show(): void {
    const plan = this.#plan();
    if (!this.#asked) this.#ask(false);
    else if (this.#asked.state !== 'open') this.#view.count(plan, this.#fresh().length);
    else if (this.#queue(plan)[0] === this.#asked.id) this.#view.count(plan, this.#fresh().length);
    else this.#ask(this.#view.holdsFocus); // another tab has answered it
  }

  #plan(): Plan {
    return planAt($state.get().progress.answers, this.#known, Date.now());
  }

  #fresh(): string[] {
    const { answers } = $state.get().progress;
    return this.#taken.filter((id) => this.#known.has(id) && !answers.has(id));
  }

  #queue(plan: Plan): string[] {
    return sitting(plan, this.#fresh(), Date.now());
  }

  #offer(): string[] {
    const offered = newQuestions(this.#lessons, $state.get().progress, Date.now());
    return offered.filter((id) => this.#known.has(id));
  }

  #touch(): void {
    if (this.#asked?.state === 'open') this.#asked.state = 'touched';
  }

  #settle(): void {
    if (!this.#asked) return;
    this.#asked.state = 'settled';
    const plan = this.#plan();
    const { answers } = $state.get().progress;
    this.#view.settle(this.#asked.id, answers.get(this.#asked.id), this.#queue(plan).length > 0);
    this.#view.count(plan, this.#fresh().length);
  }

  /** Shows the next question, or that there is none. `move`: the focus goes to its heading. */
  #ask(move: boolean): void {
    this.#asked = undefined;
    const plan = this.#plan();
    const [id] = this.#queue(plan);
    this.#view.count(plan, this.#fresh().length);
    if (id === undefined) this.#rest(plan);
    else if (this.#bank) this.#put(id, this.#bank, plan);
    else if (this.#fetch === 'none' || move) void this.#load(move);
    if (move) this.#view.focus();
  }

  #put(id: string, bank: ReadonlyMap<string, BankQuestion>, plan: Plan): void {
    this.#number += 1;
    this.#asked = { id, state: 'open' };
    const entry = plan.due.find((each) => each.id === id);
    const note = entry ? (entry.wrong ? 'again' : 'due') : 'new';
    this.#view.ask(bank.get(id)?.make(), this.#number, note);
  }

  #rest(plan: Plan): void {
    const { answers } = $state.get().progress;
    const offer = this.#offer();
    const isNew = ![...answers.keys()].some((id) => this.#known.has(id)) && offer.length === 0;
    if (isNew) this.#view.welcome();
    else this.#view.rest(plan, offer.length);
  }

  async #load(move: boolean): Promise<void> {
    if (this.#fetch === 'under way') return;
    this.#fetch = 'under way';
    this.#view.wait();
    try {
      const bank = await fetchBank(this.dataset['questions'] ?? '');
      // The page may be older than the course: what is gone is not asked.
      this.#known = new Set([...this.#known].filter((id) => bank.has(id)));
      this.#bank = bank;
    } catch {
      this.#fetch = 'failed';
      this.#view.fail();
      return;
    }
    this.#ask(move);
  }
}

define('question-review', QuestionReview);
