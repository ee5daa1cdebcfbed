import {
  type Grade,
  type Interview,
  withAnswer,
  withAttempt,
  withInterview,
  withLab,
  withLesson,
} from './document.ts';
import { update } from './store.ts';

/** An answer that was checked: see `Answer` in document.ts. */
export interface Checked {
  chosen: readonly string[];
  grade: Grade;
  seed: number;
}

/** Records a checked answer. Whoever calls sees to it that the same check is not recorded twice. */
export function recordAnswer(question: string, { chosen, grade, seed }: Checked): void {
  const now = new Date();
  const right = grade > 1;
  update((progress) => {
    const before = progress.answers.get(question);
    return withAnswer(progress, question, {
      ...{ chosen, right, seed, at: now.toISOString() },
      tries: (before?.tries ?? 0) + 1,
      rights: (before?.rights ?? 0) + Number(right),
      log: withAttempt(before?.log ?? [], [Math.floor(now.getTime() / 1000), grade]),
    });
  });
}

/** Marks a lesson as done, or takes the mark back. */
export function recordLesson(lesson: string, done: boolean): void {
  update((progress) => withLesson(progress, lesson, { done, at: new Date().toISOString() }));
}

/** Marks a lab as solved. Once is enough: the first time stays. */
export function recordLab(lab: string): void {
  update((progress) =>
    progress.labs.get(lab)?.done
      ? progress
      : withLab(progress, lab, { done: true, at: new Date().toISOString() }),
  );
}

/** Keeps a mock interview that has come to its end. */
export function recordInterview(interview: Omit<Interview, 'at'>): void {
  update((progress) => withInterview(progress, { ...interview, at: new Date().toISOString() }));
}
