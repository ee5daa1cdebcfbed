import type { Level } from '../progress/document.ts';
import type { Asked, Kind } from './course.ts';

/** Minutes that a question takes, by kind, for a junior; an open one is two minutes of talk, and then the rubric. */
const MINUTES: Readonly<Record<Kind, number>> = {
  single: 0.75,
  multiple: 1,
  predict: 1.25,
  spot: 1.25,
  order: 1.25,
  open: 2.75,
};

/** More to think about, at the same kind. */
const HARDER: Readonly<Record<Level, number>> = { junior: 1, mid: 1.15, senior: 1.3 };

/** The minutes that these questions take. */
export function minutesOf(questions: readonly Asked[]): number {
  return questions.reduce((sum, { kind, level }) => sum + MINUTES[kind] * HARDER[level], 0);
}

const LEVEL = { junior: 0, mid: 10, senior: 20 };
const KIND = { single: 0, multiple: 1, predict: 2, spot: 3, order: 4, open: 5 };

/** Plain to hard: the level decides, and the kind within it. */
export function hardness({ level, kind }: Asked): number {
  return LEVEL[level] + KIND[kind];
}
