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

/** The attempts of both lists in the order of their time; one that stands in both stands once. */
function union(one: readonly Attempt[], other: readonly Attempt[]): Attempt[] {
  const known = [...one];
  const missing = other.filter((attempt) => {
    const found = known.findIndex((each) => sameAttempt(each, attempt));
    if (found >= 0) known.splice(found, 1);
    return found < 0;
  });
  return [...one, ...missing].sort(([a], [b]) => a - b);
}

const goodOf = (log: readonly Attempt[]) => log.filter(([, grade]) => grade > 1).length;

/** Since when an answer's list is complete, in seconds: from the first where attempts have left it. */
const completeSince = ({ log, tries }: Answer) =>
  tries <= log.length ? 0 : (log[0]?.[0] ?? Number.POSITIVE_INFINITY);

/** An answer's attempts from `since` on, and how many there were before. */
function split({ log, tries, rights }: Answer, since: number) {
  const later = log.filter(([at]) => at >= since);
  return { later, tries: tries - later.length, rights: rights - goodOf(later) };
}

/**
 * The newer answer, with the attempts of both. Since the moment from which both lists are complete, each attempt
 * counts once. Of the time before only counts are left, and nobody knows which were of both: the larger one stands.
 */
function joinAnswers(older: Answer, newer: Answer): Answer {
  const since = Math.max(completeSince(older), completeSince(newer));
  const [one, other] = [split(older, since), split(newer, since)];
  const both = union(other.later, one.later);
  return {
    ...newer,
    tries: both.length + Math.max(one.tries, other.tries),
    rights: goodOf(both) + Math.max(one.rights, other.rights),
    log: union(newer.log, older.log).slice(-LOG),
  };
}

/** Entry by entry the newer one wins; on the same instant ours stays. Nothing is ever removed, no attempt is lost. */
export function mergeNewest(ours: Progress, theirs: Progress): Merged {
  const count: Count = { added: 0, replaced: 0, kept: 0 };
  const progress = {
    lessons: mergeMaps(ours.lessons, theirs.lessons, count),
    answers: mergeMaps(ours.answers, theirs.answers, count, joinAnswers),
    labs: mergeMaps(ours.labs, theirs.labs, count),
    interviews: mergeMaps(ours.interviews, theirs.interviews, count),
  };
  return { progress, ...count };
}
