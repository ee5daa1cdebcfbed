/** What an interview came to: by topic, what to read first, and how it compares with the one before. Pure. */
import type { Grade, Interview } from '../progress/document.ts';
import type { Asked, Course, Topic } from './course.ts';

export interface Score {
  right: number;
  asked: number;
}

export interface Result {
  id: string;
  grade: Grade | 0;
  /** Undefined when the question has left the course. */
  question: Asked | undefined;
}

export interface TopicReport {
  /** Undefined for questions that have left the course. */
  topic: Topic | undefined;
  score: Score;
  /** The same topic in the interview before; undefined when it was not asked about there. */
  before: Score | undefined;
  results: readonly Result[];
}

/** A section of a lesson, and how many questions led there. */
export interface Reading {
  topic: Topic;
  section: { id: string; title: string };
  questions: number;
}

export interface Report {
  interview: Interview;
  score: Score;
  /** In the order of the course. */
  topics: readonly TopicReport[];
  /** What needs it most comes first. */
  read: readonly Reading[];
  /** The interview of the same level before this one. */
  before: { interview: Interview; score: Score } | undefined;
}

/** Each result in words. */
export const RESULTS: Readonly<Record<Grade | 0, string>> = {
  0: 'Skipped',
  1: 'Not right',
  2: 'Right, with a hint or in doubt',
  3: 'Right',
};

/** So much does a result ask for reading. */
const NEED: Readonly<Record<Grade | 0, number>> = { 0: 3, 1: 3, 2: 1, 3: 0 };

/** Interviews as they are listed: newest first. */
export function byTime(interviews: Iterable<Interview>): Interview[] {
  return [...interviews].sort((one, other) => (one.at < other.at ? 1 : -1));
}

/** The report of `interview`, in the light of the `others` that were held before it. */
export function report(
  course: Course,
  interview: Interview,
  others: Iterable<Interview> = [],
): Report {
  const results = resultsOf(course, interview);
  const earlier = byTime(others).find(
    ({ level, at }) => level === interview.level && at < interview.at,
  );
  const past = earlier ? resultsOf(course, earlier) : [];
  const topics = [...course.topics, undefined].flatMap((topic) => {
    const own = results.filter(({ question }) => question?.lesson === topic?.id);
    if (own.length === 0) return [];
    const then = past.filter(({ question }) => question?.lesson === topic?.id);
    const before = topic && then.length > 0 ? scoreOf(then) : undefined;
    return [{ topic, score: scoreOf(own), before, results: own }];
  });
  return {
    ...{ interview, topics, score: scoreOf(results), read: readingOf(topics) },
    before: earlier && { interview: earlier, score: scoreOf(past) },
  };
}

function resultsOf({ questions }: Course, { results }: Interview): Result[] {
  return results.map(([id, grade]) => ({
    ...{ id, grade },
    question: questions.find((question) => question.id === id),
  }));
}

function scoreOf(results: readonly Result[]): Score {
  return { asked: results.length, right: results.filter(({ grade }) => grade > 1).length };
}

function readingOf(topics: readonly TopicReport[]): Reading[] {
  const found = new Map<string, Reading & { need: number }>();
  for (const { topic, results } of topics)
    for (const { question, grade } of results) {
      if (!topic || !question || grade === 3) continue;
      const key = `${topic.id}#${question.section.id}`;
      const known = found.get(key);
      const need = (known?.need ?? 0) + NEED[grade];
      const questions = (known?.questions ?? 0) + 1;
      found.set(key, { topic, section: question.section, questions, need });
    }
  const sorted = [...found.values()].sort((one, other) => other.need - one.need);
  return sorted.map(({ topic, section, questions }) => ({ topic, section, questions }));
}

/** "7 of 9 right, 78%". */
export function scoreWords({ right, asked }: Score): string {
  return `${right} of ${asked} right, ${percent({ right, asked })}%`;
}

/** How a score compares with the one before it. */
export function compareWords(now: Score, before: Score): string {
  const change = percent(now) - percent(before);
  if (change === 0) return `the same share as the last time (${before.right} of ${before.asked})`;
  const word = change > 0 ? 'up' : 'down';
  return `${word} from ${before.right} of ${before.asked} the last time`;
}

const percent = ({ right, asked }: Score) => (asked === 0 ? 0 : Math.round((100 * right) / asked));
