import { LiveElement } from '../progress/live-element.ts';
import { define, part } from '../progress/parts.ts';
import { $state, type State } from '../progress/store.ts';
import { type BankQuestion, fetchBank } from '../quiz/bank.ts';
import type { Answered } from '../quiz/question-element.ts';
import { AskingView } from './asking-view.ts';
import { conclude } from './conclude.ts';
import type { Course } from './course.ts';
import { FormView } from './form-view.ts';
import { HistoryView } from './history-view.ts';
import { hold, letGo } from './hold.ts';
import { findRunning, forget, KEY } from './kept.ts';
import { type Running, resumedWords, wasAway, without } from './running.ts';
import { Session } from './session.ts';

type View = 'form' | 'wait' | 'failed' | 'elsewhere' | 'asking' | 'report';

const VIEWS: readonly View[] = ['form', 'wait', 'failed', 'elsewhere', 'asking', 'report'];

/** The mock interview: from the form by way of the questions to the report, across reloads and tabs. */
class MockInterview extends LiveElement {
  readonly #course: Course = JSON.parse(part(this, 'course').textContent);
  readonly #form = new FormView(part(this, 'form'), this.#course);
  readonly #asking = new AskingView(part(this, 'asking'));
  readonly #history = new HistoryView(part(this, 'history'), this.#course, this.#questions);
  #bank: ReadonlyMap<string, BankQuestion> = new Map();
  #session: Session | undefined;
  #view: View = 'form';
  #retry = (): void => {};

  get #questions(): string {
    return this.dataset['questions'] ?? '';
  }

  protected override setUp(): void {
    const on = (name: string, type: string, act: (event: Event) => void) =>
      part(this, name).addEventListener(type, act);
    on('form', 'submit', (event) => {
      event.preventDefault();
      void this.#begin();
    });
    on('again', 'click', () => this.#retry());
    on('take', 'click', () => void this.#open(true));
    on('on', 'click', () => this.#onward());
    on('end', 'click', () => {
      if (this.#asking.mayEnd(this.#session?.left ?? 0)) this.#end();
    });
    on('print', 'click', () => print());
    on('new', 'click', () => this.#showForm());
    on('question', 'answered', (event) => this.#answered((event as CustomEvent<Answered>).detail));
    for (const type of ['input', 'change', 'submit', 'toggle'])
      part(this, 'question').addEventListener(type, () => this.#keepDraft(), type === 'toggle'); // does not bubble
    addEventListener('storage', ({ key, newValue }) => {
      if (key === KEY || key === null) this.#elsewhere(newValue !== null);
    });
    void this.#open();
  }

  protected show({ progress }: State): void {
    if (this.#view === 'form') this.#form.show(progress);
    if (this.#view !== 'report') this.#history.show(progress.interviews.values());
    if (this.#view === 'asking' || this.#view === 'wait') part(this, 'history').hidden = true;
  }

  #switch(view: View): void {
    this.#view = view;
    for (const name of VIEWS) part(this, name).hidden = name !== view;
    this.show($state.get());
  }

  /** Goes on with the interview that is kept, if there is one. `take`: from another tab as well. */
  async #open(take = false): Promise<void> {
    const found = findRunning();
    for (const name of ['aside', 'left']) part(this, name).hidden = found.kind !== name;
    if (found.kind !== 'running') {
      this.#switch('form');
      return;
    }
    this.#switch('wait');
    if (!(await this.#take(take))) return;
    const fresh = findRunning(); // the other tab may have written meanwhile
    if (fresh.kind === 'running') await this.#run(fresh.running, true);
    else this.#showForm();
  }

  async #begin(): Promise<void> {
    const { wish, plan } = this.#form;
    if (plan.questions.length === 0) {
      this.#form.focusTopics();
      return;
    }
    if (!(await this.#take(false))) return;
    const questions = plan.questions.map(({ id }) => id);
    await this.#run(
      { ...wish, questions, results: [], seconds: 0, at: Date.now(), texts: {} },
      false,
    );
  }

  async #take(steal: boolean): Promise<boolean> {
    if (findRunning().kind === 'blocked') return true; // nothing is shared between tabs
    const got = await hold(steal, () => this.#lost());
    if (!got) this.#switch('elsewhere');
    return got;
  }

  async #run(kept: Running, resumed: boolean): Promise<void> {
    this.#switch('wait');
    try {
      this.#bank = await fetchBank(this.#questions);
    } catch {
      this.#retry = () => void this.#run(kept, resumed);
      this.#switch('failed');
      part(this, 'failed').focus();
      return;
    }
    const { running, gone } = without(kept, (id) => this.#bank.has(id));
    const now = Date.now();
    const away = wasAway(running, now);
    this.#session = new Session({ ...running, at: resumed ? running.at : now }, () => this.#tick());
    this.#switch('asking');
    this.#session.start();
    this.#ask();
    if (resumed || gone > 0) this.#asking.say(resumedWords(away, gone));
  }

  #tick(): void {
    const session = this.#session;
    if (session) this.#asking.showTime(session.running, session.timeOver, session.kept);
  }

  #ask(): void {
    const { next = '', running } = this.#session ?? {};
    const question = this.#bank.get(next);
    if (question && running) this.#asking.ask(question, running);
    else this.#end();
  }

  #answered({ question, grade }: Answered): void {
    this.#keepDraft();
    this.#session?.result(question, grade);
    this.#asking.close(this.#session?.next === undefined);
  }

  #keepDraft(): void {
    const { draft } = this.#asking;
    if (draft && !this.#asking.closed) this.#session?.draft(draft, this.#asking.text);
  }

  #onward(): void {
    if (!this.#asking.closed) this.#session?.result(this.#session.next ?? '', 0);
    this.#ask();
  }

  #stop(): Running | undefined {
    const session = this.#session;
    session?.stop();
    this.#session = undefined;
    this.#asking.clear();
    return session?.running;
  }

  #end(): void {
    const running = this.#stop();
    forget();
    letGo();
    if (!running || running.results.length === 0) {
      this.#showForm('No question was answered, so nothing is kept.');
      return;
    }
    const { held, all } = conclude(part(this, 'report'), this.#course, running, this.#questions);
    this.#switch('report');
    this.#history.show(all, held);
    part(this, 'title').focus();
  }

  #showForm(words = ''): void {
    this.#form.renew();
    part(this, 'nothing').textContent = words;
    this.#switch('form');
    part(this, 'begin').focus();
  }

  /** Another tab took the interview over. */
  #lost(): void {
    this.#stop();
    this.#switch('elsewhere');
    part(this, 'elsewhere').focus();
  }

  /** Another tab has written: an interview that runs, or the end of one. */
  #elsewhere(runs: boolean): void {
    if (this.#view === 'form' && runs) this.#switch('elsewhere');
    else if (this.#view === 'elsewhere' && !runs) this.#switch('form');
    else if (this.#view === 'asking' && runs && !navigator.locks) this.#lost();
  }
}

define('mock-interview', MockInterview);
