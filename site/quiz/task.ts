import { choosesSeveral, type Question } from './schema.ts';

/** What a reader is asked to do, in a few words. */
export function taskOf(question: Question): string {
  switch (question.kind) {
    case 'order':
      return 'put the steps in order';
    case 'open':
      return 'answer aloud or in writing';
    case 'predict':
      return 'say what happens';
    default: {
      const thing = question.kind === 'spot' ? 'line' : 'answer';
      return choosesSeveral(question) ? `choose every right ${thing}` : `choose one ${thing}`;
    }
  }
}
