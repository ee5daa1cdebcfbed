/** Whether a lesson is done, or a lab solved; `done: false` stays as a record, so that a merge can tell its age. */
export interface LessonMark {
  done: boolean;
  /** ISO 8601 time of the last change. */
  at: string;
}

/** How well a question went: 1 wrong, 2 right with a hint or unsure, 3 right. FSRS calls them again, hard, good. */
export type Grade = 1 | 2 | 3;

/** One graded attempt: time in seconds since 1970, and how it went. */
export type Attempt = readonly [seconds: number, grade: Grade];

/** The last answer to a question, and how all its attempts went. */
export interface Answer {
  /** Ids of the chosen options or lines, of the steps in their order, or of the ticked lines of a rubric. */
  chosen: readonly string[];
  right: boolean;
  /** How many answers were checked, this one included. */
  tries: number;
  /** How many of them were right. */
  rights: number;
  /** ISO 8601 time of the last check. */
  at: string;
  /** Gives the order in which the options stood (shuffle.ts). */
  seed: number;
  /** The last attempts, oldest first; `tries` and `rights` count those too that have left the list. */
  log: readonly Attempt[];
}

export type Level = 'junior' | 'mid' | 'senior';

/** A mock interview that was held to its end. */
export interface Interview {
  /** ISO 8601 time of its end. */
  at: string;
  level: Level;
  /** The length that was chosen, and the time that it took, in seconds. */
  minutes: number;
  seconds: number;
  /** Lessons that were asked about. */
  topics: readonly string[];
  /** Each question, as it was asked, and how it went; 0 was passed over. */
  results: readonly (readonly [question: string, grade: Grade | 0])[];
}

/** Everything that is kept of a reader, by the id of a lesson, a question, a lab. Never changed in place. */
export interface Progress {
  lessons: ReadonlyMap<string, LessonMark>;
  answers: ReadonlyMap<string, Answer>;
  labs: ReadonlyMap<string, LessonMark>;
  /** By the time of their end. */
  interviews: ReadonlyMap<string, Interview>;
}

/** The version that this code writes. Raise it together with a new step in `migrations.ts`. */
export const VERSION = 3;

/** So many attempts are kept of one question, so that the document stays small however long a reader stays: about 230 kB. */
export const LOG = 60;

export const EMPTY: Progress = {
  lessons: new Map(),
  answers: new Map(),
  labs: new Map(),
  interviews: new Map(),
};

export function isEmpty({ lessons, answers, labs, interviews }: Progress): boolean {
  return lessons.size + answers.size + labs.size + interviews.size === 0;
}

/** The stored form: one JSON object that names its version. */
export function serialize({ lessons, answers, labs, interviews }: Progress): string {
  return JSON.stringify({
    version: VERSION,
    lessons: Object.fromEntries(lessons),
    answers: Object.fromEntries(answers),
    labs: Object.fromEntries(labs),
    interviews: [...interviews.values()],
  });
}

/** A copy in which one lesson is marked. */
export function withLesson(progress: Progress, id: string, mark: LessonMark): Progress {
  return { ...progress, lessons: new Map(progress.lessons).set(id, mark) };
}

/** A copy in which one lab is marked. */
export function withLab(progress: Progress, id: string, mark: LessonMark): Progress {
  return { ...progress, labs: new Map(progress.labs).set(id, mark) };
}

/** A copy in which one question is answered. */
export function withAnswer(progress: Progress, id: string, answer: Answer): Progress {
  return { ...progress, answers: new Map(progress.answers).set(id, answer) };
}

/** A copy with one more interview. */
export function withInterview(progress: Progress, interview: Interview): Progress {
  return { ...progress, interviews: new Map(progress.interviews).set(interview.at, interview) };
}

/** The list with one more attempt; the oldest go when there are too many. */
export function withAttempt(log: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  return [...log, attempt].slice(-LOG);
}
