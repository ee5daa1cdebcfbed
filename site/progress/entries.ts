/** Reads the entries of a stored or imported document. Nothing in them is trusted: what does not fit is undefined. */
import {
  type Answer,
  type Attempt,
  type Grade,
  type Interview,
  type LessonMark,
  type Level,
  LOG,
} from './document.ts';
import type { RawDocument } from './migrations.ts';

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LIMIT = { id: 80, list: 60, tries: 99_999 };

export function isRecord(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LIMIT.id && ID.test(value);
}

/** A reading of one document: when it is read, in milliseconds, and how much of it could not be. */
export interface Reading {
  readonly now: number;
  dropped: number;
}

/** A time as ISO 8601; one from the future counts as now, or it would win every merge. */
function timeOf(value: unknown, now: number): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(Math.min(time, now)).toISOString();
}

/** What can be read of a list's last `most` elements; the others are counted. */
function listOf<T>(
  value: unknown,
  most: number,
  reading: Reading,
  read: (one: unknown) => T | undefined,
): T[] {
  if (value === undefined) return [];
  const all: unknown[] = Array.isArray(value) ? value : [];
  const kept = all
    .slice(-most)
    .map(read)
    .filter((one) => one !== undefined);
  reading.dropped += Array.isArray(value) ? all.length - kept.length : 1;
  return kept;
}

const isCount = (value: unknown, most = LIMIT.tries): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const isGrade = (value: unknown): value is Grade => value === 1 || value === 2 || value === 3;

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= LIMIT.list && value.every(isId);

export function lessonOf(value: unknown, { now }: Reading): LessonMark | undefined {
  if (!isRecord(value) || typeof value['done'] !== 'boolean') return undefined;
  const at = timeOf(value['at'], now);
  return at === undefined ? undefined : { done: value['done'], at };
}

/** The attempts that can be read, in the order of their time. */
function logOf(value: unknown, reading: Reading): Attempt[] {
  const latest = Math.floor(reading.now / 1000);
  const log = listOf(value, LOG, reading, (entry): Attempt | undefined => {
    const [seconds, grade]: unknown[] = Array.isArray(entry) ? entry : [];
    if (!isGrade(grade) || !isCount(seconds, Number.MAX_SAFE_INTEGER)) return undefined;
    return [Math.min(seconds, latest), grade];
  });
  return log.sort(([one], [other]) => one - other);
}

const between = (least: number, value: number, most: number) =>
  Math.max(least, Math.min(value, most));

export function answerOf(value: unknown, reading: Reading): Answer | undefined {
  if (!isRecord(value) || typeof value['right'] !== 'boolean') return undefined;
  const { chosen, right, tries, rights, seed } = value;
  const at = timeOf(value['at'], reading.now);
  if (at === undefined || !isIds(chosen)) return undefined;
  if (!isCount(tries, Number.MAX_SAFE_INTEGER) || tries < 1 || !isCount(rights, tries))
    return undefined;
  // The counts agree with the list, also where somebody has edited one of them.
  const log = logOf(value['log'], reading);
  const good = log.filter(([, grade]) => grade > 1).length;
  const all = between(log.length, tries, LIMIT.tries);
  return {
    ...{ chosen: [...new Set(chosen)], right, tries: all },
    ...{ rights: between(good, rights, all - log.length + good), at },
    seed: isCount(seed, 2 ** 32 - 1) ? seed : 0,
    log,
  };
}

const LEVELS: readonly unknown[] = ['junior', 'mid', 'senior'];

const isLevel = (value: unknown): value is Level => LEVELS.includes(value);

function resultOf(value: unknown): Interview['results'][number] | undefined {
  const [question, grade]: unknown[] = Array.isArray(value) ? value : [];
  return isId(question) && (grade === 0 || isGrade(grade)) ? [question, grade] : undefined;
}

export function interviewOf(value: unknown, reading: Reading): Interview | undefined {
  if (!isRecord(value)) return undefined;
  const { level, minutes, seconds, topics, results } = value;
  const at = timeOf(value['at'], reading.now);
  if (at === undefined || !isLevel(level) || !isIds(topics) || !Array.isArray(results))
    return undefined;
  if (!isCount(minutes, 240) || !isCount(seconds)) return undefined;
  const read = listOf(results, LIMIT.list, reading, resultOf);
  return { at, level, minutes, seconds, topics, results: read };
}
