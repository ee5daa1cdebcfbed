import { withAnswer, withLesson } from './document.ts';
import { update } from './store.ts';

function sameChoice(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/** Records a checked answer. The same choice checked again is no further try. */
export function recordAnswer(question: string, chosen: readonly string[], right: boolean): void {
  update((progress) => {
    const before = progress.answers.get(question);
    if (before && before.right === right && sameChoice(before.chosen, chosen)) return progress;
    const answer = { chosen, right, tries: (before?.tries ?? 0) + 1, at: new Date().toISOString() };
    return withAnswer(progress, question, answer);
  });
}

/** Marks a lesson as done, or takes the mark back. */
export function recordLesson(lesson: string, done: boolean): void {
  update((progress) => withLesson(progress, lesson, { done, at: new Date().toISOString() }));
}
