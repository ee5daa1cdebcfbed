import { type Answer, type Attempt, LOG, type Progress } from './document.ts';

/** The result of a merge, and how many incoming entries were new, newer, or no newer than ours. */
export interface Merged {
  progress: Progress;
  added: number;
  replaced: number;
  kept: number;
}

type Dated = { at: string };
type Count = { added: number; replaced: number; kept: number };

/** How two entries of one id become one; the newer comes second. */
type Join<T> = (older: T, newer: T) => T;

function mergeMaps<T extends Dated>(
  ours: ReadonlyMap<string, T>,
  theirs: ReadonlyMap<string, T>,
  count: Count,
  join: Join<T> = (_older, newer) => newer,
): Map<string, T> {
  const result = new Map(ours);
  for (const [id, entry] of theirs) {
    const own = ours.get(id);
    const kept = own !== undefined && own.at >= entry.at;
    if (own === undefined) result.set(id, entry);
    else result.set(id, kept ? join(entry, own) : join(own, entry));
    count[own === undefined ? 'added' : kept ? 'kept' : 'replaced'] += 1;
  }
  return result;
}

const sameAttempt = (one: Attempt, other: Attempt) => one[0] === other[0] && one[1] === other[1];

/** The newer answer, with the attempts of both: those that both know count once. */
function joinAnswers(older: Answer, newer: Answer): Answer {
  // A full list has let go of its oldest: those are counted in it already.
  const [since] = newer.log.length >= LOG ? (newer.log[0] ?? [0]) : [0];
  const missing = older.log.filter(
    (own) => own[0] >= since && !newer.log.some((other) => sameAttempt(own, other)),
  );
  if (missing.length === 0) {
    const tries = Math.max(older.tries, newer.tries);
    return { ...newer, tries, rights: Math.max(older.rights, newer.rights) };
  }
  const log = [...newer.log, ...missing].sort(([one], [other]) => one - other).slice(-LOG);
  const rights = missing.filter(([, grade]) => grade > 1).length;
  return { ...newer, log, tries: newer.tries + missing.length, rights: newer.rights + rights };
}

/** Entry by entry the newer one wins; on the same instant ours stays. Nothing is ever removed, no attempt is lost. */
export function mergeNewest(ours: Progress, theirs: Progress): Merged {
  const count: Count = { added: 0, replaced: 0, kept: 0 };
  const progress = {
    lessons: mergeMaps(ours.lessons, theirs.lessons, count),
    answers: mergeMaps(ours.answers, theirs.answers, count, joinAnswers),
    interviews: mergeMaps(ours.interviews, theirs.interviews, count),
  };
  return { progress, ...count };
}
