import type { Interview } from '../progress/document.ts';
import { part } from '../progress/parts.ts';
import type { Course } from './course.ts';
import { element } from './dom.ts';
import { byTime, report, scoreWords } from './report.ts';
import { interviewWords, reportView } from './report-view.ts';

/** The interviews that were held, newest first; each opens its report. */
export class HistoryView {
  readonly #root: HTMLElement;
  readonly #course: Course;
  readonly #questions: string;
  #shown = '';

  constructor(root: HTMLElement, course: Course, questions: string) {
    this.#root = root;
    this.#course = course;
    this.#questions = questions;
  }

  /** `without`: the one whose report stands above. What is open stays open while nothing is added. */
  show(interviews: Iterable<Interview>, without?: Interview): void {
    const all = byTime(interviews);
    const listed = all.filter(({ at }) => at !== without?.at);
    const key = listed.map(({ at }) => at).join();
    this.#root.hidden = listed.length === 0;
    if (key === this.#shown) return;
    this.#shown = key;
    part(this.#root, 'list').replaceChildren(...listed.map((each) => this.#item(each, all)));
  }

  #item(interview: Interview, all: readonly Interview[]): HTMLElement {
    const made = report(this.#course, interview, all);
    const words = `${interviewWords(interview)}: ${scoreWords(made.score)}`;
    const item = element('details', 'interview-old', element('summary', '', words));
    const fill = () => item.append(reportView(made, { questions: this.#questions }));
    item.addEventListener('toggle', fill, { once: true });
    return item;
  }
}
