import type { Interview, Level, Progress } from '../progress/document.ts';
import { count, part } from '../progress/parts.ts';
import { newSeed } from '../quiz/shuffle.ts';
import type { Course } from './course.ts';
import type { Wish } from './pick.ts';
import { type Plan, plan } from './plan.ts';
import { byTime } from './report.ts';

/** So much shorter than asked for is said, in minutes. */
const SHORT = 3;

/** The form: level, length, topics, and what the interview will be. */
export class FormView {
  readonly #root: HTMLElement;
  readonly #course: Course;
  #past: Interview[] = [];
  #seed = newSeed();
  #touched = false;
  #plan: Plan = { questions: [], minutes: 0 };

  constructor(root: HTMLElement, course: Course) {
    this.#root = root;
    this.#course = course;
    root.addEventListener('change', () => this.#change());
    for (const all of [true, false])
      part(root, all ? 'all' : 'none').addEventListener('click', () => {
        for (const topic of this.#topics) topic.checked = all;
        this.#change();
      });
  }

  get #topics(): HTMLInputElement[] {
    return [...this.#root.querySelectorAll<HTMLInputElement>('input[name="topic"]')];
  }

  #chosen(name: string): string {
    return this.#root.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? '';
  }

  get wish(): Wish {
    return {
      level: this.#chosen('level') as Level,
      minutes: Number(this.#chosen('minutes')),
      topics: this.#topics.filter(({ checked }) => checked).map(({ value }) => value),
      seed: this.#seed,
    };
  }

  /** The interview that the form stands for. */
  get plan(): Plan {
    return this.#plan;
  }

  focusTopics(): void {
    this.#topics[0]?.focus();
  }

  /** As for the next interview. */
  renew(): void {
    this.#seed = newSeed();
    this.#count();
  }

  /** Until the reader chooses topics, they are the lessons that are done; without any, all. */
  show({ lessons, interviews }: Progress): void {
    this.#past = byTime(interviews.values());
    const topics = this.#topics;
    const done = topics.filter(({ value }) => lessons.get(value)?.done === true);
    if (!this.#touched)
      for (const topic of topics) topic.checked = done.length === 0 || done.includes(topic);
    this.#count();
  }

  #change(): void {
    this.#touched = true;
    this.#count();
  }

  #count(): void {
    const { wish } = this;
    this.#plan = plan(this.#course, wish, this.#past);
    part(this.#root, 'sum').textContent = words(this.#plan, wish);
  }
}

function words({ questions, minutes }: Plan, wish: Wish): string {
  if (wish.topics.length === 0) return 'Choose at least one topic.';
  if (questions.length === 0) return 'These topics have too little to ask at this level. Add one.';
  const sum = `${count(questions.length, 'question')}, about ${Math.round(minutes)} minutes`;
  if (minutes >= wish.minutes - SHORT) return `${sum}.`;
  return `${sum}: these topics have no more to ask. Add topics for a longer one.`;
}
