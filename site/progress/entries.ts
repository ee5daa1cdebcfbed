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

/** A time as ISO 8601; one from the future counts as now, or it would win every merge. */
function timeOf(value: unknown, now: number): string | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(Math.min(time, now)).toISOString();
}

const isCount = (value: unknown, most = LIMIT.tries): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const isGrade = (value: unknown): value is Grade => value === 1 || value === 2 || value === 3;

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= LIMIT.list && value.every(isId);

export function lessonOf(value: unknown, now: number): LessonMark | undefined {
  if (!isRecord(value) || typeof value['done'] !== 'boolean') return undefined;
  const at = timeOf(value['at'], now);
  return at === undefined ? undefined : { done: value['done'], at };
}

/** The attempts that can be read, in the order of their time. */
function logOf(value: unknown, now: number): Attempt[] {
  if (!Array.isArray(value)) return [];
  const read = value.slice(-LOG).flatMap((entry: unknown): Attempt[] => {
    const [seconds, grade]: unknown[] = Array.isArray(entry) ? entry : [];
    if (!isGrade(grade) || !isCount(seconds, Number.MAX_SAFE_INTEGER)) return [];
    return [[Math.min(seconds, Math.floor(now / 1000)), grade]];
  });
  return read.sort(([one], [other]) => one - other);
}

export function answerOf(value: unknown, now: number): Answer | undefined {
  if (!isRecord(value) || typeof value['right'] !== 'boolean') return undefined;
  const { chosen, right, tries, rights, seed } = value;
  const at = timeOf(value['at'], now);
  if (at === undefined || !isIds(chosen) || !isCount(tries) || tries < 1) return undefined;
  if (!isCount(rights, tries)) return undefined;
  return {
    ...{ chosen: [...new Set(chosen)], right, tries, rights, at },
    seed: isCount(seed, 2 ** 32 - 1) ? seed : 0,
    log: logOf(value['log'], now),
  };
}

const LEVELS: readonly unknown[] = ['junior', 'mid', 'senior'];

const isLevel = (value: unknown): value is Level => LEVELS.includes(value);

function resultOf(value: unknown): Interview['results'][number] | undefined {
  const [question, grade]: unknown[] = Array.isArray(value) ? value : [];
  return isId(question) && (grade === 0 || isGrade(grade)) ? [question, grade] : undefined;
}

export function interviewOf(value: unknown, now: number): Interview | undefined {
  if (!isRecord(value)) return undefined;
  const { level, minutes, seconds, topics, results } = value;
  const at = timeOf(value['at'], now);
  if (at === undefined || !isLevel(level) || !isIds(topics) || !Array.isArray(results))
    return undefined;
  if (!isCount(minutes, 240) || !isCount(seconds)) return undefined;
  const read = results.slice(0, LIMIT.list).map(resultOf);
  const kept = read.filter((each) => each !== undefined);
  return { at, level, minutes, seconds, topics, results: kept };
}
