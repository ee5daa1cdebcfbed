import type { core } from 'zod';

type Issue = core.$ZodIssue;

const LISTS: Record<string, string> = {
  options: 'option',
  lines: 'line',
  steps: 'step',
  rubric: 'rubric line',
  sources: 'source',
  hints: 'hint',
  followUps: 'follow-up',
};

const ADVICE: Record<string, string> = {
  id: 'use lower-case letters, digits and single hyphens',
  kind: 'use single, multiple, spot, predict, order or open',
  level: 'use junior, mid or senior',
  section: "write the slug of a heading in the lesson, without '#'",
  right: 'write true, or leave the key out',
  bank: 'write true, or leave the key out',
  draft: 'write true, or leave the key out',
  sources: 'write {test: title} or {doc: name, url: https address}',
};

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** Names an element of a list by its id when it has one, else by its place. */
function nameOf(data: unknown, path: readonly PropertyKey[]): string {
  const id = valueAt(data, [...path, 'id']);
  return typeof id === 'string' && id !== '' ? id : `number ${Number(path.at(-1)) + 1}`;
}

/** Where an issue stands: "question open-feed: option b", or "" for the file itself. */
function placeOf(data: unknown, path: readonly PropertyKey[]): string {
  const [list, index, inner, innerIndex] = path;
  if (list !== 'questions' || typeof index !== 'number') return '';
  const question = `question ${nameOf(data, [list, index])}`;
  if (typeof inner !== 'string' || typeof innerIndex !== 'number') return question;
  return `${question}: ${LISTS[inner] ?? inner} ${nameOf(data, path.slice(0, 4))}`;
}

function withAdvice(complaint: string, key: string): string {
  const advice = ADVICE[key];
  return advice === undefined ? complaint : `${complaint}: ${advice}`;
}

function complaintOf(issue: Issue, data: unknown): string {
  const key = String(issue.path.findLast((part) => typeof part === 'string') ?? 'file');
  const value = valueAt(data, issue.path);
  if (issue.code === 'unrecognized_keys') return `has an unknown key ${issue.keys.join(', ')}`;
  if (value === undefined || value === null) return withAdvice(`has no ${key}`, key);
  if (value === '') return `has an empty ${key}`;
  if (issue.code === 'too_small' && issue.origin === 'array')
    return `has too few ${key}: at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin === 'array')
    return `has too many ${key}: at most ${issue.maximum}`;
  const wrong = typeof issue.path.at(-1) === 'number' ? 'does not fit' : `has a wrong ${key}`;
  return withAdvice(`${wrong} (${JSON.stringify(value)})`, key);
}

/** Turns a schema issue into a line that names the file, the question and what to do. */
export function explainIssue(file: string, data: unknown, issue: Issue): string {
  const place = placeOf(data, issue.path);
  const complaint = complaintOf(issue, data);
  if (place === '') return `${file} ${complaint}`;
  const separator = place.includes(': ') ? ' ' : ': ';
  return `${file}, ${place}${separator}${complaint}`;
}
