import { LiveElement } from './live-element.ts';
import { day, define, part } from './parts.ts';
import { recordLesson } from './record.ts';
import { $state, type State } from './store.ts';

class LessonDone extends LiveElement {
  get #lesson(): string {
    return this.dataset.lesson ?? '';
  }

  protected override setUp(): void {
    this.querySelector('button')?.addEventListener('click', () => {
      const done = $state.get().progress.lessons.get(this.#lesson)?.done === true;
      recordLesson(this.#lesson, !done);
    });
  }

  protected show({ progress }: State): void {
    const mark = progress.lessons.get(this.#lesson);
    this.querySelector('button')?.setAttribute('aria-pressed', String(mark?.done === true));
    part(this, 'when').textContent = mark?.done ? `since ${day(mark.at)}` : '';
  }
}

define('lesson-done', LessonDone);
