/**
 * When a question comes back. None of this is stored: the log of an answer is replayed through FSRS (ts-fsrs), and
 * without its fuzz the same log gives the same day on every load and in every tab.
 *
 * Counted in whole days of the reader's own calendar: what was answered last night is due this morning, not tonight.
 * FSRS decides the days. One rule stands above it: what was last answered wrong is due at once, until it is right.
 */
import { type Card, createEmptyCard, type FSRS, type FSRSState, fsrs, State } from 'ts-fsrs';
import type { Answer, Attempt } from '../progress/document.ts';

const DAY = 86_400_000;
/** Longer than a year is no review. FSRS keeps a right answer a day behind an unsure one, at its limit too. */
const MOST_DAYS = 365 - 1;

let algorithm: FSRS | undefined;

/** Steps of minutes are FSRS's way to have a new card again in the same sitting; the rule above does that here. */
function scheduler(): FSRS {
  algorithm ??= fsrs({
    ...{ enable_fuzz: false, maximum_interval: MOST_DAYS },
    ...{ enable_short_term: true, learning_steps: [], relearning_steps: [] },
  });
  return algorithm;
}

/** The day of a time in milliseconds, by the reader's clock: days since 1970. */
export function dayOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

/** What is left of an answer whose log was lost: its last attempt. */
export function logOf({ log, at, right }: Answer): readonly Attempt[] {
  return log.length > 0 ? log : [[Math.floor(Date.parse(at) / 1000), right ? 3 : 1]];
}

/**
 * The card that FSRS has after these attempts, oldest first. Its times are midnights, one for each day.
 * Only the last attempt needs a card: of those before it FSRS remembers stability and difficulty alone.
 */
export function replay(log: readonly Attempt[]): Card {
  let card = createEmptyCard(new Date(0));
  let memory: FSRSState | null = null;
  let before = 0;
  for (const [index, [seconds, grade]] of log.entries()) {
    const day = Math.max(before, dayOf(seconds * 1000)); // a clock may have been set back
    if (index === log.length - 1) return scheduler().next(card, new Date(day * DAY), grade).card;
    memory = scheduler().next_state(memory, memory ? day - before : 0, grade);
    before = day;
    if (index === log.length - 2)
      card = { ...card, ...memory, state: State.Review, last_review: new Date(day * DAY) };
  }
  return card;
}

/** When a question is due. */
export interface Entry {
  id: string;
  /** Days since 1970. */
  day: number;
  /** Time of its last attempt, in seconds. */
  last: number;
  /** Answered wrong, and not right since. */
  wrong: boolean;
}

/** Answers are never changed in place, so that one replay is enough for each. */
const entries = new WeakMap<Answer, Entry>();

export function entryOf(id: string, answer: Answer): Entry {
  const entry = entries.get(answer) ?? reckon(id, answer);
  entries.set(answer, entry);
  return entry;
}

function reckon(id: string, answer: Answer): Entry {
  const log = logOf(answer);
  const [last, grade] = log.at(-1) ?? [0, 1];
  const wrong = grade === 1;
  const day = wrong ? dayOf(last * 1000) : Math.round(replay(log).due.getTime() / DAY);
  return { id, day, last, wrong };
}

export interface Plan {
  /** What is due by now, that of the oldest day first; what was answered wrong today comes last. */
  due: readonly Entry[];
  /** The next day on which something is due, and how much. */
  next: { day: number; count: number } | undefined;
  /** Attempts of today, and how many of them were right. */
  today: { answered: number; right: number };
}

/** What is due at `now` (milliseconds) of the questions that the course still has. */
export function planAt(
  answers: ReadonlyMap<string, Answer>,
  known: ReadonlySet<string>,
  now: number,
): Plan {
  const day = dayOf(now);
  const kept = [...answers].filter(([id]) => known.has(id));
  const all = kept.map(([id, answer]) => entryOf(id, answer));
  all.sort((one, other) => one.day - other.day || one.last - other.last);
  const later = all.filter((entry) => entry.day > day);
  const nextDay = later[0]?.day;
  const midnight = new Date(now).setHours(0, 0, 0, 0) / 1000;
  const attempts = kept
    .flatMap(([, answer]) => logOf(answer))
    .filter(([seconds]) => seconds >= midnight);
  return {
    due: all.filter((entry) => entry.day <= day),
    next:
      nextDay === undefined
        ? undefined
        : { day: nextDay, count: later.filter((entry) => entry.day === nextDay).length },
    today: {
      answered: attempts.length,
      right: attempts.filter(([, grade]) => grade > 1).length,
    },
  };
}

/** The order of a sitting: what is due, then what is new, then what went wrong today. `now` is in milliseconds. */
export function sitting({ due }: Plan, fresh: readonly string[], now: number): string[] {
  const again = due.filter(({ wrong, last }) => wrong && dayOf(last * 1000) === dayOf(now));
  const before = due.filter((entry) => !again.includes(entry));
  return [...before.map(({ id }) => id), ...fresh, ...again.map(({ id }) => id)];
}

/** A day as a reader writes it, "Nov 24"; with its year when that is not the year of `now`. */
export function dayName(day: number, now: number): string {
  const date = new Date(day * DAY);
  const sameYear = date.getUTCFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-US', {
    ...{ month: 'short', day: 'numeric', timeZone: 'UTC' },
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}
