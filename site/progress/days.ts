import type { Progress } from './document.ts';
import { count } from './parts.ts';

/** The day of a time as a number that grows by one from day to day, by the reader's own clock. */
export function dayNumber(milliseconds: number): number {
  const time = new Date(milliseconds);
  return Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / 86_400_000;
}

/** The days on which a question was answered, as far as the lists of attempts reach. */
export function answerDays({ answers }: Progress): Set<number> {
  const times = [...answers.values()].flatMap(({ at, log }) => [
    Date.parse(at),
    ...log.map(([seconds]) => seconds * 1000),
  ]);
  return new Set(times.map(dayNumber));
}

/** How many of the days follow each other up to today, or to yesterday: today is not over yet. */
export function runOf(days: ReadonlySet<number>, today: number): number {
  const last = days.has(today) ? today : today - 1;
  let run = 0;
  while (days.has(last - run)) run += 1;
  return run;
}

/** The days in a sentence, said once and plainly; '' where there are none. */
export function daysWords(progress: Progress, now: number): string {
  const days = answerDays(progress);
  if (days.size === 0) return '';
  const run = runOf(days, dayNumber(now));
  const row = run > 1 ? `, the last ${run} of them in a row` : '';
  return `You answered on ${count(days.size, 'day')}${run === days.size && run > 1 ? ' in a row' : row}.`;
}
