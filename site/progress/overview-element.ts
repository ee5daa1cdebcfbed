import { daysWords } from './days.ts';
import { isEmpty, type Progress } from './document.ts';
import { LiveElement } from './live-element.ts';
import { count, day, define, part } from './parts.ts';
import type { State } from './store.ts';
import { tally } from './tally.ts';

function interviewWords({ interviews }: Progress): string {
  const last = [...interviews.keys()].sort().at(-1);
  if (last === undefined) return '';
  const held = `${count(interviews.size, 'mock interview')} held`;
  return interviews.size === 1 ? `${held}, on ${day(last)}.` : `${held}, the last on ${day(last)}.`;
}

class ProgressOverview extends LiveElement {
  protected show({ progress }: State): void {
    part(this, 'empty').hidden = !isEmpty(progress);
    part(this, 'sum').hidden = isEmpty(progress);
    const rows = [...this.querySelectorAll<HTMLElement>('tr[data-lesson]')];
    const sums = rows.map((row) => this.#showRow(row, progress));
    const done = sums.filter((sum) => sum.done).length;
    const answered = sums.reduce((total, sum) => total + sum.answered, 0);
    const right = sums.reduce((total, sum) => total + sum.right, 0);
    const sentences = {
      counts:
        `${done} of ${count(rows.length, 'lesson')} done. ` +
        `${answered} of ${count(Number(this.dataset.total), 'question')} answered, ${right} right.`,
      bank: this.#bankWords(progress),
      interviews: interviewWords(progress),
      days: daysWords(progress, Date.now()),
    };
    for (const [name, words] of Object.entries(sentences)) {
      part(this, name).textContent = words;
      part(this, name).hidden = words === '';
    }
  }

  /** Questions that no lesson shows are counted beside the others. */
  #bankWords(progress: Progress): string {
    const ids = (this.dataset['bank'] ?? '').split(' ').filter(Boolean);
    const { total, answered, right } = tally(progress, ids);
    return answered === 0
      ? ''
      : `Beside the lessons: ${answered} of ${count(total, 'question')} answered, ${right} right.`;
  }

  #showRow(row: HTMLElement, progress: Progress) {
    const { lesson = '', questions = '' } = row.dataset;
    const { total, answered, right } = tally(progress, questions.split(' ').filter(Boolean));
    const mark = progress.lessons.get(lesson);
    const done = mark?.done === true;
    part(row, 'done').hidden = !done;
    if (mark) part(row, 'when').textContent = `done ${day(mark.at)}`;
    part(row, 'answered').textContent = `${answered} of ${total}`;
    part(row, 'right').textContent = String(right);
    return { done, answered, right };
  }
}

define('progress-overview', ProgressOverview);
