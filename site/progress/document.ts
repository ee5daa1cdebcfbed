/** Whether a lesson is done; `done: false` stays as a record, so that a merge can tell its age. */
export interface LessonMark {
  done: boolean;
  /** ISO 8601 time of the last change. */
  at: string;
}

/** The last answer to a question. */
export interface Answer {
  /** Ids of the chosen options or lines. */
  chosen: readonly string[];
  right: boolean;
  /** How many different answers were checked, this one included. */
  tries: number;
  /** ISO 8601 time of the last check. */
  at: string;
}

/** Everything that is kept of a reader, by lesson id and by question id. Never changed in place. */
export interface Progress {
  lessons: ReadonlyMap<string, LessonMark>;
  answers: ReadonlyMap<string, Answer>;
}

/** The version that this code writes. Raise it together with a new step in `migrations.ts`. */
export const VERSION = 1;

export const EMPTY: Progress = { lessons: new Map(), answers: new Map() };

export function isEmpty(progress: Progress): boolean {
  return progress.lessons.size === 0 && progress.answers.size === 0;
}

/** The stored form: one JSON object that names its version. */
export function serialize(progress: Progress): string {
  return JSON.stringify({
    version: VERSION,
    lessons: Object.fromEntries(progress.lessons),
    answers: Object.fromEntries(progress.answers),
  });
}

/** A copy in which one lesson is marked. */
export function withLesson(progress: Progress, id: string, mark: LessonMark): Progress {
  return { ...progress, lessons: new Map(progress.lessons).set(id, mark) };
}

/** A copy in which one question is answered. */
export function withAnswer(progress: Progress, id: string, answer: Answer): Progress {
  return { ...progress, answers: new Map(progress.answers).set(id, answer) };
}
