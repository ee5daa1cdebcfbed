// What the questions of the course keep, all of them together. Each rule gives what breaks it, in words.
import type { Question } from '../../site/quiz/schema.ts';

/** So many questions of a kind there have to be, at least. */
export const AT_LEAST = { all: 150, open: 25, predict: 20, spot: 20, order: 10 } as const;

/** So many words a text has, at most: what one reads in an interview, and remembers. */
export const AT_MOST = { prompt: 60, option: 30, why: 45, explain: 60, answer: 140 } as const;

export function tooFew(questions: readonly Pick<Question, 'kind'>[]): string[] {
  return Object.entries(AT_LEAST).flatMap(([kind, least]) => {
    const found = questions.filter((question) => kind === 'all' || question.kind === kind).length;
    return found < least ? [`${kind}: ${found} questions, at least ${least} are wanted`] : [];
  });
}

/** Titles of tests that a question rests on. */
export function testsOf(question: Question): string[] {
  const named = (question.sources ?? []).flatMap((source) => ('test' in source ? source.test : []));
  return question.kind === 'predict' ? [question.test, ...named] : named;
}

/** A question rests on a test that is there, or on a section of a standard or a manual. */
export function sourceProblems(question: Question, titles: ReadonlySet<string>): string[] {
  const { id, sources = [] } = question;
  const tests = testsOf(question);
  if (tests.length + sources.length === 0) return [`${id}: has no source`];
  return tests.flatMap((title) => (titles.has(title) ? [] : `${id}: there is no test "${title}"`));
}

type Texts = [name: string, kind: keyof typeof AT_MOST, text: string][];

function textsOf(question: Question): Texts {
  const texts: Texts = [['prompt', 'prompt', question.prompt]];
  if (question.explain) texts.push(['explain', 'explain', question.explain]);
  const choices: { id: string; text: string; why: string }[] =
    'options' in question ? question.options : 'steps' in question ? question.steps : [];
  for (const { id, text } of choices) texts.push([`option ${id}`, 'option', text]);
  const reasons = 'lines' in question ? question.lines : choices;
  for (const { id, why } of reasons) texts.push([`why of ${id}`, 'why', why]);
  if ('others' in question && question.others) texts.push(['others', 'why', question.others]);
  if (question.kind === 'open') texts.push(['answer', 'answer', question.answer]);
  return texts;
}

const wordsOf = (text: string): number => text.trim().split(/\s+/).length;

/** Texts that are longer than what `AT_MOST` allows. */
export function tooLong(question: Question): string[] {
  return textsOf(question).flatMap(([name, kind, text]) => {
    const words = wordsOf(text);
    return words > AT_MOST[kind]
      ? [`${question.id}, ${name}: ${words} words, at most ${AT_MOST[kind]}`]
      : [];
  });
}

/** Letters and digits alone, so that case, quotes and a full stop make no difference. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Options, steps or lines of a rubric that say the same. */
export function alike(question: Question): string[] {
  const list: { id: string; text: string }[] =
    'options' in question
      ? question.options
      : 'steps' in question
        ? question.steps
        : 'rubric' in question
          ? question.rubric
          : [];
  return list.flatMap(({ id, text }, index) => {
    const first = list.slice(0, index).find((other) => plain(other.text) === plain(text));
    return first ? [`${question.id}: ${first.id} and ${id} say the same`] : [];
  });
}

const FILE = 'content/quizzes/ids.txt';

/**
 * What is wrong with the register of ids, and what to do. Ids live on in readers' saved progress: so it only grows,
 * and says in its first line how many it holds; whoever takes one out has to say so there.
 */
export function registerProblems(ids: readonly string[], register: string): string[] {
  const [head = '', ...lines] = register.trimEnd().split('\n');
  const entries = lines.map((line) => {
    const [id = '', state] = line.split(' ');
    return { id, retired: state === 'retired' };
  });
  const stated = Number(/^# (\d+) ids\./.exec(head)?.[1]);
  const problems = ids.flatMap((id) => {
    const entry = entries.find((each) => each.id === id);
    if (!entry)
      return [`${id}: not in ${FILE}; add it there as the last line, and count it in the first`];
    return entry.retired ? [`${id}: was retired; a question gets an id that never was`] : [];
  });
  for (const [index, { id, retired }] of entries.entries()) {
    if (!retired && !ids.includes(id))
      problems.push(`${id}: no question has it any more; write "${id} retired" in ${FILE}`);
    if (entries.findIndex((each) => each.id === id) < index)
      problems.push(`${id}: stands twice in ${FILE}`);
  }
  if (stated !== lines.length)
    problems.push(`${FILE} says ${stated} ids and holds ${lines.length}; no id ever leaves it`);
  return problems;
}

interface Choice {
  text: string;
  right?: true | undefined;
}

type Choices = readonly { id: string; options: readonly Choice[] }[];

/** Questions whose right option is, alone, the one of extreme length: a reader could tell it by that. */
export function toldByLength(
  questions: Choices,
  extreme: (...lengths: number[]) => number,
): string[] {
  return questions.flatMap(({ id, options }) => {
    const length = extreme(...options.map((option) => option.text.length));
    const found = options.filter((option) => option.text.length === length);
    return found.length === 1 && found[0]?.right ? [id] : [];
  });
}

/** Places among the options that are right in more than four of ten; they count from 1. */
export function toldByPlace(questions: Choices): string[] {
  const places = questions.flatMap(({ options }) =>
    options.flatMap((option, index) => (option.right ? index : [])),
  );
  return [...new Set(places)].flatMap((place) => {
    const often = places.filter((other) => other === place).length;
    const many = often > places.length * 0.4;
    return many ? [`place ${place + 1}: ${often} of ${places.length}`] : [];
  });
}
