import { LiveElement } from '../progress/live-element.ts';
import { define } from '../progress/parts.ts';
import type { State } from '../progress/store.ts';
import { tally } from '../progress/tally.ts';

class QuizSummary extends LiveElement {
  protected show({ progress }: State): void {
    const questions = (this.dataset.questions ?? '').split(' ');
    const { total, answered, right } = tally(progress, questions);
    this.textContent =
      answered === 0 ? `${total} questions.` : `${right} of ${total} right so far.`;
  }
}

define('quiz-summary', QuizSummary);
