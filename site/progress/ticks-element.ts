import { LiveElement } from './live-element.ts';
import { define } from './parts.ts';
import type { State } from './store.ts';

function tick(): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'tick';
  mark.ariaHidden = 'true';
  const word = document.createElement('span');
  word.className = 'sr-only';
  word.textContent = ' (done)';
  const element = document.createElement('span');
  element.className = 'lesson-tick';
  element.dataset.verdict = 'right';
  element.append(word, mark);
  return element;
}

class LessonTicks extends LiveElement {
  protected show({ progress }: State): void {
    for (const link of this.querySelectorAll('a')) {
      const lesson = /\/lessons\/([^/]+)\/$/.exec(link.pathname)?.[1];
      if (lesson === undefined) continue;
      const done = progress.lessons.get(lesson)?.done === true;
      const shown = link.querySelector('.lesson-tick');
      if (done && !shown) link.append(tick());
      if (!done) shown?.remove();
    }
  }
}

define('lesson-ticks', LessonTicks);
