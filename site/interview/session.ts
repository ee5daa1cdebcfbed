import type { Grade } from '../progress/document.ts';
import { keep } from './kept.ts';
import { counted, type Draft, type Running } from './running.ts';

/** Every so many seconds the time is kept. */
const OFTEN = 5;

/** The interview that goes on in this tab: counts its time, and keeps each change. */
export class Session {
  #running: Running;
  #kept = true;
  #ticks = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #tell: () => void;

  /** `tell` is called each second, and whenever something has changed. */
  constructor(running: Running, tell: () => void) {
    this.#running = running;
    this.#tell = tell;
  }

  get running(): Running {
    return this.#running;
  }

  /** Whether storage holds it. */
  get kept(): boolean {
    return this.#kept;
  }

  /** The question that is asked next; undefined at the end. */
  get next(): string | undefined {
    return this.#running.questions[this.#running.results.length];
  }

  /** How many questions are still to be asked. */
  get left(): number {
    return this.#running.questions.length - this.#running.results.length;
  }

  get timeOver(): boolean {
    return this.#running.seconds >= this.#running.minutes * 60;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), 1000);
    addEventListener('pagehide', this.#save);
    this.#change({});
  }

  /** Counts no more and writes no more. */
  stop(): void {
    this.#count();
    clearInterval(this.#timer);
    removeEventListener('pagehide', this.#save);
  }

  /** How a question went; 0 for one that was skipped. */
  result(id: string, grade: Grade | 0): void {
    if (id !== this.next) return;
    this.#change({ results: [...this.#running.results, [id, grade]], draft: undefined });
  }

  /** What stands in the question that is being asked. */
  draft(draft: Draft, text: string | undefined): void {
    if (draft.id !== this.next) return;
    const { texts } = this.#running;
    this.#change({ draft, texts: text === undefined ? texts : { ...texts, [draft.id]: text } });
  }

  #change(change: Partial<Running>): void {
    this.#running = { ...this.#running, ...change };
    this.#save();
    this.#tell();
  }

  #count(): void {
    this.#running = counted(this.#running, Date.now());
  }

  readonly #save = (): void => {
    this.#count();
    this.#kept = keep(this.#running);
  };

  #tick(): void {
    this.#count();
    this.#ticks += 1;
    if (this.#ticks % OFTEN === 0) this.#save();
    this.#tell();
  }
}
