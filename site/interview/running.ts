/**
 * The interview that is going on, as `handshake:interview` keeps it:
 *
 *   { "version": 1, "level": "mid", "minutes": 20, "topics": ["start"], "seed": 7,
 *     "questions": ["open-feed", "…"], "results": [["open-feed", 3]], "seconds": 62, "at": 1795168862000,
 *     "draft": { "id": "…", "chosen": ["a"], "order": ["b", "a"], "unsure": false, "hints": 1, "shown": false },
 *     "texts": { "open-feed": "what the reader wrote" } }
 *
 * Life: from the start to the end of an interview; the report of it goes into the progress. The question being asked
 * is the first without a result. `at` is when `seconds` was last counted.
 */
import type { Interview, Level } from '../progress/document.ts';
import { isId, isRecord } from '../progress/entries.ts';
import { LENGTHS, LEVELS } from './course.ts';

/** What stands in the form of the question that is being asked. */
export interface Draft {
  id: string;
  /** Ids that are chosen or ticked; of an order, the steps as they stand. */
  chosen: readonly string[];
  unsure: boolean;
  /** How many hints are open. */
  hints: number;
  /** Whether the model answer is on show. */
  shown: boolean;
}

export interface Running {
  level: Level;
  minutes: number;
  topics: readonly string[];
  seed: number;
  questions: readonly string[];
  results: Interview['results'];
  seconds: number;
  at: number;
  draft?: Draft | undefined;
  texts: Readonly<Record<string, string>>;
}

const VERSION = 1;
const MOST = { questions: 60, seconds: 99_999 };
/** A longer silence is no interview any more: the page was closed, or the machine slept. In seconds. */
const AWAY = 120;

/** What a stored text turned out to be. */
export type Parsed = { kind: 'ok'; running: Running } | { kind: 'future' | 'corrupt' };

export function serialize(running: Running): string {
  return JSON.stringify({ version: VERSION, ...running });
}

/** Reads what was stored; nothing in it is trusted. What does not fit in any part is `corrupt` as a whole. */
export function parse(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'corrupt' };
  }
  const version = isRecord(value) ? value['version'] : undefined;
  if (Number.isInteger(version) && Number(version) > VERSION) return { kind: 'future' };
  const running = version === VERSION ? runningOf(value) : undefined;
  return running ? { kind: 'ok', running } : { kind: 'corrupt' };
}

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= MOST.questions &&
  value.every(isId) &&
  new Set(value).size === value.length;

const isLevel = (value: unknown): value is Level =>
  typeof value === 'string' && Object.hasOwn(LEVELS, value);

function runningOf(value: unknown): Running | undefined {
  if (!isRecord(value)) return undefined;
  const { level, minutes, topics, seed, questions, results, seconds, at } = value;
  if (!isLevel(level) || !LENGTHS.some((length) => length === minutes)) return undefined;
  if (!isList(topics) || !isList(questions) || questions.length === 0) return undefined;
  if (!isCount(seed, 2 ** 32 - 1) || !isCount(seconds, MOST.seconds)) return undefined;
  if (!isCount(at, Number.MAX_SAFE_INTEGER) || !isResults(results, questions)) return undefined;
  const draft = draftOf(value['draft']);
  const texts = textsOf(value['texts'], questions);
  if (draft === null || !texts) return undefined;
  return {
    ...{ level, minutes: Number(minutes), topics, seed, questions, results, seconds, at, texts },
    ...(draft && { draft }),
  };
}

/** Results are those of the first questions, in their order. */
function isResults(value: unknown, questions: string[]): value is Interview['results'] {
  if (!Array.isArray(value) || value.length > questions.length) return false;
  return value.every((result: unknown, place) => {
    const [id, grade]: unknown[] = Array.isArray(result) ? result : [];
    return id === questions[place] && [0, 1, 2, 3].includes(Number(grade)) && isCount(grade, 3);
  });
}

function draftOf(value: unknown): Draft | undefined | null {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return null;
  const { id, chosen, unsure, hints, shown } = value;
  if (!isId(id) || !isList(chosen) || !isCount(hints, 20)) return null;
  if (typeof unsure !== 'boolean' || typeof shown !== 'boolean') return null;
  return { id, chosen, unsure, hints, shown };
}

function textsOf(value: unknown, questions: string[]): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  const texts: Record<string, string> = {};
  for (const [id, text] of Object.entries(value)) {
    if (!questions.includes(id) || typeof text !== 'string') return undefined;
    texts[id] = text;
  }
  return texts;
}

/** The time that has gone by is added, unless it was spent away. `now` in milliseconds. */
export function counted(running: Running, now: number): Running {
  const gap = (now - running.at) / 1000;
  if (gap < 0 || gap > AWAY) return { ...running, at: now };
  const whole = Math.floor(gap);
  return {
    ...running,
    seconds: Math.min(running.seconds + whole, MOST.seconds),
    at: running.at + whole * 1000,
  };
}

/** Whether more time has gone by since the last count than counts. */
export function wasAway({ at }: Running, now: number): boolean {
  return (now - at) / 1000 > AWAY;
}

/** A copy without the questions that are not there any more, and how many those are. Results are kept. */
export function without(running: Running, has: (id: string) => boolean) {
  const done = running.results.length;
  const questions = running.questions.filter((id, place) => place < done || has(id));
  return { running: { ...running, questions }, gone: running.questions.length - questions.length };
}

/** What is said when an interview goes on after a reload. `gone`: how many questions have left the course. */
export function resumedWords(away: boolean, gone: number): string {
  const left = gone === 1 ? '1 question' : `${gone} questions`;
  return [
    'The interview goes on where you were.',
    ...(away ? ['The time that you were away does not count.'] : []),
    ...(gone > 0 ? [`${left} left the course meanwhile, and will not be asked.`] : []),
  ].join(' ');
}
