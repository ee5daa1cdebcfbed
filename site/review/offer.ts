/** New questions: out of the bank, from lessons that the reader knows, a few a day. */
import type { Progress } from '../progress/document.ts';
import { dayOf, logOf } from './schedule.ts';

export const NEW_A_DAY = 5;

/** A lesson's questions: those that it shows, and those that only the bank has. */
export interface LessonQuestions {
  lesson: string;
  shown: readonly string[];
  bank: readonly string[];
}

/** Whether the reader has finished the lesson, or answered one of its questions. */
function isKnown({ lesson, shown, bank }: LessonQuestions, { lessons, answers }: Progress) {
  return lessons.get(lesson)?.done === true || [...shown, ...bank].some((id) => answers.has(id));
}

/** How many questions of the bank were answered for the first time on the day of `now`. */
function takenToday(lessons: readonly LessonQuestions[], { answers }: Progress, now: number) {
  const given = lessons.flatMap(({ bank }) => bank.flatMap((id) => answers.get(id) ?? []));
  return given.filter((answer) => {
    const log = logOf(answer);
    const [first = 0] = log[0] ?? [];
    return answer.tries <= log.length && dayOf(first * 1000) === dayOf(now);
  }).length;
}

/** What can be offered at `now` (milliseconds), at most five a day: one lesson after the other, then round again. */
export function newQuestions(
  lessons: readonly LessonQuestions[],
  progress: Progress,
  now: number,
): string[] {
  const open = lessons
    .filter((lesson) => isKnown(lesson, progress))
    .map(({ bank }) => bank.filter((id) => !progress.answers.has(id)));
  const longest = Math.max(0, ...open.map((ids) => ids.length));
  const turns = Array.from({ length: longest }, (_, turn) =>
    open.flatMap((ids) => ids[turn] ?? []),
  );
  const left = Math.max(0, NEW_A_DAY - takenToday(lessons, progress, now));
  return turns.flat().slice(0, left);
}
