import type { Answer, Grade, Progress } from './document.ts';

/** How the questions of one topic stand, each by its last attempt. */
export interface Strength {
  answered: number;
  right: number;
  /** Right with a hint, unsure, or with a part left out. */
  hard: number;
  wrong: number;
  /** From 0 to 1; a hard one counts half. Undefined while there are too few answers to say. */
  share: number | undefined;
  words: string;
}

/** Fewer answers than this say nothing about a topic. */
export const FEW = 3;

/** The grade of the last attempt; of old answers only right or wrong may be known. */
function lastGrade({ log, right }: Answer): Grade {
  return log.at(-1)?.[1] ?? (right ? 3 : 1);
}

/** What the last attempts at these questions say. */
export function strengthOf(progress: Progress, questions: readonly string[]): Strength {
  const grades = questions.flatMap((id) => progress.answers.get(id) ?? []).map(lastGrade);
  const [wrong = 0, hard = 0, right = 0] = [1, 2, 3].map(
    (grade) => grades.filter((each) => each === grade).length,
  );
  const answered = grades.length;
  const share = answered < FEW ? undefined : (right + hard / 2) / answered;
  return { answered, right, hard, wrong, share, words: wordsOf(share) };
}

function wordsOf(share: number | undefined): string {
  if (share === undefined) return 'too few answers yet';
  if (share >= 0.8) return 'strong';
  return share >= 0.5 ? 'fair' : 'weak';
}

/** "7 right, 1 with doubt, 2 wrong": what the word rests on; '' while there are too few. */
export function countsOf({ share, right, hard, wrong }: Strength): string {
  if (share === undefined) return '';
  const doubt = hard > 0 ? [`${hard} with doubt`] : [];
  return [`${right} right`, ...doubt, `${wrong} wrong`].join(', ');
}
