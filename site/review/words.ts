/** What the review says, from what is planned. Pure. */
import { count } from '../progress/parts.ts';
import { dayName, type Plan } from './schedule.ts';

/** "3 due, 2 new. 4 answered today, 3 of them right." Only what there is; '' for nothing. */
export function countWords({ due, today }: Plan, fresh: number): string {
  const open = [due.length > 0 ? `${due.length} due` : '', fresh > 0 ? `${fresh} new` : ''];
  const left = open.filter(Boolean).join(', ');
  const done = today.answered > 0 ? `${today.answered} answered today, ${today.right} right` : '';
  return [left, done].filter(Boolean).join('. ') + (left || done ? '.' : '');
}

/** What is said when nothing is due any more. `now` is in milliseconds. */
export function endWords({ next }: Plan, now: number): string {
  if (!next) return 'What you answer comes back here when you are about to forget it.';
  return `Next on ${dayName(next.day, now)}: ${count(next.count, 'question')}.`;
}

/** Under the answer to a question: when it comes back. */
export function laterWords(day: number, wrong: boolean, now: number): string {
  return wrong
    ? 'It comes again today, after the others.'
    : `It comes again on ${dayName(day, now)}.`;
}

/** The offer of new questions, and its button. */
export function offerWords(fresh: number): { words: string; button: string } {
  const many = fresh === 1 ? 'a question' : `${fresh} questions`;
  return {
    words: `If you like: ${many} that you have not seen yet, from lessons that you know. There are up to five such a day.`,
    button: fresh === 1 ? 'Take a new question' : `Take ${fresh} new questions`,
  };
}
