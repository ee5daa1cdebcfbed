import { type Answer, type LessonMark, type Progress, VERSION } from './document.ts';
import { migrate, type RawDocument } from './migrations.ts';

/** What a stored or imported text turned out to be. `dropped` counts entries that could not be read. */
export type Parsed =
  | { kind: 'ok'; progress: Progress; dropped: number }
  | { kind: 'future'; version: number }
  | { kind: 'corrupt'; reason: string };

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LIMIT = { id: 80, chosen: 60, tries: 9999, entries: 5000 };

function isRecord(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LIMIT.id && ID.test(value);
}

/** A time as ISO 8601; one from the future counts as now, or it would win every merge. */
function timeOf(value: unknown, now: number): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(Math.min(time, now)).toISOString();
}

function lessonOf(value: unknown, now: number): LessonMark | undefined {
  if (!isRecord(value) || typeof value.done !== 'boolean') return undefined;
  const at = timeOf(value.at, now);
  return at === undefined ? undefined : { done: value.done, at };
}

function answerOf(value: unknown, now: number): Answer | undefined {
  if (!isRecord(value) || typeof value.right !== 'boolean') return undefined;
  const { chosen, right, tries } = value;
  const at = timeOf(value.at, now);
  if (at === undefined || !Array.isArray(chosen) || chosen.length > LIMIT.chosen) return undefined;
  if (!chosen.every(isId)) return undefined;
  if (typeof tries !== 'number' || !Number.isInteger(tries)) return undefined;
  if (tries < 1 || tries > LIMIT.tries) return undefined;
  return { chosen: [...new Set<string>(chosen)], right, tries, at };
}

function entriesOf<T>(value: RawDocument, read: (entry: unknown) => T | undefined) {
  const kept = new Map<string, T>();
  const all = Object.entries(value);
  for (const [id, entry] of all.slice(0, LIMIT.entries)) {
    const good = isId(id) ? read(entry) : undefined;
    if (good !== undefined) kept.set(id, good);
  }
  return { kept, dropped: all.length - kept.size };
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
  const { lessons, answers } = lifted.document;
  if (!isRecord(lessons) || !isRecord(answers))
    return { kind: 'corrupt', reason: 'it holds no lessons or no answers' };
  const marks = entriesOf(lessons, (entry) => lessonOf(entry, now));
  const given = entriesOf(answers, (entry) => answerOf(entry, now));
  const progress = { lessons: marks.kept, answers: given.kept };
  return { kind: 'ok', progress, dropped: marks.dropped + given.dropped };
}
