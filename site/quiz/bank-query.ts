/** What the page of all questions is asked for; '' asks for nothing. */
export interface BankQuery {
  /** Words that a question or its answer holds. */
  q: string;
  lesson: string;
  level: string;
  kind: string;
}

/** What a question is found by. */
export interface BankEntry extends Omit<BankQuery, 'q'> {
  /** Its words, in lower case. */
  text: string;
}

const LONGEST = 100;
const KEYS = ['lesson', 'level', 'kind'] as const;

/** Reads an address's query. Nothing in it is trusted: a value that is not among the known ones asks for nothing. */
export function readQuery(
  search: string,
  known: Record<(typeof KEYS)[number], readonly string[]>,
): BankQuery {
  const given = new URLSearchParams(search);
  const one = (key: (typeof KEYS)[number]) =>
    known[key].find((value) => value === given.get(key)) ?? '';
  const q = (given.get('q') ?? '').slice(0, LONGEST);
  return { q, lesson: one('lesson'), level: one('level'), kind: one('kind') };
}

/** The query as an address holds it, with its question mark; '' when nothing is asked for. */
export function writeQuery(query: BankQuery): string {
  const asked = Object.entries({ ...query, q: query.q.trim() }).filter(([, value]) => value !== '');
  return asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
}

/** Whether a question is asked for: it has every word, in any order, and is of the lesson, level and kind. */
export function isAskedFor(entry: BankEntry, query: BankQuery): boolean {
  if (KEYS.some((key) => query[key] !== '' && query[key] !== entry[key])) return false;
  const words = query.q.toLowerCase().split(/\s+/);
  return words.every((word) => entry.text.includes(word));
}
