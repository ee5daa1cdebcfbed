import { type Interview, type Progress, VERSION } from './document.ts';
import { answerOf, interviewOf, isId, isRecord, lessonOf, type Reading } from './entries.ts';
import { migrate, type RawDocument } from './migrations.ts';

/** What a stored or imported text turned out to be. `dropped` counts what could not be read. */
export type Parsed =
  | { kind: 'ok'; progress: Progress; dropped: number }
  | { kind: 'future'; version: number }
  | { kind: 'corrupt'; reason: string };

/** More entries than a course can have are no reader's. */
const ENTRIES = 5000;

type Read<T> = (entry: unknown, reading: Reading) => T | undefined;

function entriesOf<T>(value: RawDocument, reading: Reading, read: Read<T>): Map<string, T> {
  const kept = new Map<string, T>();
  const all = Object.entries(value);
  for (const [id, entry] of all.slice(0, ENTRIES)) {
    const good = isId(id) ? read(entry, reading) : undefined;
    if (good !== undefined) kept.set(id, good);
  }
  reading.dropped += all.length - kept.size;
  return kept;
}

/** Two of one instant are one: which is so where both came from the future. */
function interviewsOf(value: unknown, reading: Reading): Map<string, Interview> {
  if (value === undefined) return new Map();
  const all: unknown[] = Array.isArray(value) ? value : [value];
  const held = all.slice(-ENTRIES).flatMap((entry) => interviewOf(entry, reading) ?? []);
  const kept = new Map(held.map((each) => [each.at, each]));
  reading.dropped += all.length - kept.size;
  return kept;
}

type Lifted = { document: RawDocument } | { refused: Exclude<Parsed, { kind: 'ok' }> };

function refuse(reason: string): Lifted {
  return { refused: { kind: 'corrupt', reason } };
}

function lift(text: string): Lifted {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('it is not valid JSON');
  }
  if (!isRecord(value)) return refuse('it is not a progress document');
  const { version } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return refuse('it names no version');
  if (version > VERSION) return { refused: { kind: 'future', version } };
  try {
    return { document: migrate(value, version, VERSION) };
  } catch {
    return refuse(`version ${version} cannot be read`);
  }
}

/**
 * Reads the stored form, or a file someone hands in: nothing in it is trusted. Entries of a wrong
 * type or with an impossible id (`__proto__`) are left out and counted; ids become keys of a Map,
 * so none can reach a prototype. `now` is in milliseconds.
 */
export function parse(text: string, now: number): Parsed {
  const lifted = lift(text);
  if ('refused' in lifted) return lifted.refused;
  const { lessons, answers, labs = {}, interviews } = lifted.document;
  if (!isRecord(lessons) || !isRecord(answers))
    return { kind: 'corrupt', reason: 'it holds no lessons or no answers' };
  const reading: Reading = { now, dropped: 0 };
  const progress = {
    lessons: entriesOf(lessons, reading, lessonOf),
    answers: entriesOf(answers, reading, answerOf),
    labs: entriesOf(isRecord(labs) ? labs : { unread: labs }, reading, lessonOf),
    interviews: interviewsOf(interviews, reading),
  };
  return { kind: 'ok', progress, dropped: reading.dropped };
}
