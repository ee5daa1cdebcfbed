import type { Course } from './course.ts';
import { type Edits, only, withFrom } from './document.ts';

/** `mine` with the edits that are taken back, and those of `mine` that they push out. */
export function restore(
  mine: Edits,
  back: Edits,
  course: Course,
): { edits: Edits; pushedOut: Edits } {
  const differs = (path: string, text: string) => !course.has(path) || course.text(path) !== text;
  const pushedOut = only(mine, ([path, { text }]) => (back.get(path)?.text ?? text) !== text);
  const wanted = only(back, ([path, { text }]) => differs(path, text));
  return { edits: withFrom(wanted, [...back.keys()], mine), pushedOut };
}
