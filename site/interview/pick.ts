import type { Interview, Level } from '../progress/document.ts';
import { shuffled } from '../quiz/shuffle.ts';
import type { Asked, Course } from './course.ts';

/** How far a question is from the level of an interview; a level that is not named is not asked. */
const DISTANCE: Readonly<Record<Level, Partial<Record<Level, number>>>> = {
  junior: { junior: 0, mid: 1 },
  mid: { mid: 0, junior: 1, senior: 1 },
  senior: { senior: 0, mid: 1, junior: 2 },
};

/** So many interviews back a question counts as asked lately. */
const LATELY = 3;

/** What an interview is to be. */
export interface Wish {
  level: Level;
  minutes: number;
  /** Ids of lessons. */
  topics: readonly string[];
  seed: number;
}

interface Choice {
  question: Asked;
  cost: number;
}

/** The questions that may be asked, best first; each is given out once. */
export class Pool {
  #left: Choice[];
  readonly #used = new Map<string, number>();

  constructor(course: Course, { level, topics, seed }: Wish, past: readonly Interview[]) {
    const cost = costs(past);
    const fit = course.questions.flatMap((question) => {
      const distance = DISTANCE[level][question.level];
      if (distance === undefined || !topics.includes(question.lesson)) return [];
      return [{ question, cost: distance * 2 + (cost.get(question.id) ?? 0) }];
    });
    this.#left = shuffled(fit, seed).sort((one, other) => one.cost - other.cost);
  }

  /** How often a topic has been given out. */
  used(topic: string): number {
    return this.#used.get(topic) ?? 0;
  }

  /** The best question that fits; of equal cost the one that `rank` puts first (least), else by the seed. */
  take(fits: (question: Asked) => boolean, rank: (question: Asked) => number): Asked | undefined {
    let best: Choice | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const each of this.#left) {
      if (!fits(each.question)) continue;
      const sum = each.cost + rank(each.question);
      if (sum < least) [best, least] = [each, sum];
    }
    if (!best) return undefined;
    this.#left = this.#left.filter((each) => each !== best);
    this.#used.set(best.question.lesson, this.used(best.question.lesson) + 1);
    return best.question;
  }
}

/** What it costs to ask a question again: more, the less time has gone by. `past`: newest first. */
function costs(past: readonly Interview[]): Map<string, number> {
  const cost = new Map<string, number>();
  past.slice(0, LATELY).forEach(({ results }, back) => {
    for (const [id] of results) cost.set(id, Math.max(cost.get(id) ?? 0, LATELY - back));
  });
  return cost;
}
