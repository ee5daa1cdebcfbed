import type { Progress } from './document.ts';

export interface Tally {
  total: number;
  answered: number;
  right: number;
}

/** How many of these questions are answered, and how many of the last answers are right. */
export function tally(progress: Progress, questions: readonly string[]): Tally {
  const answers = questions.flatMap((id) => progress.answers.get(id) ?? []);
  return {
    total: questions.length,
    answered: answers.length,
    right: answers.filter((answer) => answer.right).length,
  };
}
