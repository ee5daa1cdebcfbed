import type { Progress } from './document.ts';

/** The result of a merge, and how many incoming entries were new, newer, or no newer than ours. */
export interface Merged {
  progress: Progress;
  added: number;
  replaced: number;
  kept: number;
}

type Dated = { at: string };
type Count = { added: number; replaced: number; kept: number };

function mergeMaps<T extends Dated>(
  ours: ReadonlyMap<string, T>,
  theirs: ReadonlyMap<string, T>,
  count: Count,
): Map<string, T> {
  const result = new Map(ours);
  for (const [id, entry] of theirs) {
    const own = ours.get(id);
    if (own !== undefined && own.at >= entry.at) {
      count.kept += 1;
      continue;
    }
    result.set(id, entry);
    count[own === undefined ? 'added' : 'replaced'] += 1;
  }
  return result;
}

/** Entry by entry the newer one wins; on the same instant ours stays. Nothing is ever removed. */
export function mergeNewest(ours: Progress, theirs: Progress): Merged {
  const count: Count = { added: 0, replaced: 0, kept: 0 };
  const progress = {
    lessons: mergeMaps(ours.lessons, theirs.lessons, count),
    answers: mergeMaps(ours.answers, theirs.answers, count),
  };
  return { progress, ...count };
}
