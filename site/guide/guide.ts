/**
 * The rules of the guide: which carrier fits which answers. Pure, and the same for the page and the tests. It holds no
 * words, for the browser loads it: those are in `words.ts`.
 */

/** Each question with its two answers. An answer's name belongs to one question. */
export const questions = {
  clients: ['pages', 'others'],
  site: ['same', 'other'],
  issuer: ['own', 'provider'],
  logout: ['now', 'later'],
  sets: ['auth', 'url'],
} as const;

export type Question = keyof typeof questions;
export type Answers = { [Q in Question]: (typeof questions)[Q][number] };
/** What has been answered so far. */
export type Given = Partial<Answers>;

/** One row of the guide. Of these exactly one fits all the answers of a reader. */
export const rules = {
  'session-provider': { clients: 'pages', site: 'same', issuer: 'provider' },
  'session-now': { clients: 'pages', site: 'same', issuer: 'own', logout: 'now' },
  cookie: { clients: 'pages', site: 'same', issuer: 'own', logout: 'later' },
  'auth-other-site': { clients: 'pages', site: 'other', sets: 'auth' },
  'ticket-other-site': { clients: 'pages', site: 'other', sets: 'url' },
  'auth-all-clients': { clients: 'others', sets: 'auth' },
  'ticket-all-clients': { clients: 'others', sets: 'url' },
} as const satisfies Record<string, Given>;

/** What comes on top: a note belongs to an answer when one of these fits. */
export const notes = {
  'provider-token': [
    { issuer: 'provider', clients: 'others' },
    { issuer: 'provider', site: 'other' },
  ],
  'token-now': [
    { logout: 'now', clients: 'others' },
    { logout: 'now', site: 'other' },
  ],
  now: [{ logout: 'now' }],
  later: [{ logout: 'later' }],
  always: [{}],
} as const satisfies Record<string, readonly Given[]>;

export type RuleId = keyof typeof rules;
export type NoteId = keyof typeof notes;

export interface Outcome {
  rule: RuleId;
  notes: NoteId[];
}

export interface Decision {
  /** Questions that are not answered, and whose answer matters. */
  open: Question[];
  /** Questions whose answer changes nothing, given the others. */
  idle: Question[];
  /** There as soon as nothing is open. */
  outcome?: Outcome;
}

export const questionNames = Object.keys(questions) as Question[];

/** All answers that a reader can give, 32 of them. */
export const allAnswers: Answers[] = questionNames.reduce<Given[]>(
  (all, name) =>
    all.flatMap((some) => questions[name].map((value) => ({ ...some, [name]: value }))),
  [{}],
) as Answers[];

export function fits(when: Given, answers: Given): boolean {
  return questionNames.every((name) => when[name] === undefined || when[name] === answers[name]);
}

function outcomeOf(answers: Answers): Outcome {
  const rule = (Object.keys(rules) as RuleId[]).find((id) => fits(rules[id], answers));
  if (!rule) throw new Error(`no rule fits ${JSON.stringify(answers)}`);
  const fitting = (Object.keys(notes) as NoteId[]).filter((id) =>
    notes[id].some((when) => fits(when, answers)),
  );
  return { rule, notes: fitting };
}

/** Whether another answer to this question could lead to another outcome, whatever is still open. */
function matters(question: Question, given: Given): boolean {
  const others = { ...given, [question]: undefined };
  return allAnswers
    .filter((answers) => fits(others, answers))
    .some((answers) => {
      const outcomes = questions[question].map((value) =>
        JSON.stringify(outcomeOf({ ...answers, [question]: value } as Answers)),
      );
      return new Set(outcomes).size > 1;
    });
}

/** What follows from the answers so far. */
export function decide(given: Given): Decision {
  const idle = questionNames.filter((name) => !matters(name, given));
  const open = questionNames.filter((name) => given[name] === undefined && !idle.includes(name));
  const answers = allAnswers.find((each) => fits(given, each));
  return open.length === 0 && answers
    ? { open, idle, outcome: outcomeOf(answers) }
    : { open, idle };
}

const START = '#carrier=';

/** The answers as the fragment of an address; those that change nothing are left out. */
export function toHash(given: Given): string {
  const { idle } = decide(given);
  const values = questionNames.flatMap((name) => (idle.includes(name) ? [] : (given[name] ?? [])));
  return values.length === 0 ? '' : START + values.join('+');
}

/** The answers out of such a fragment. What is no answer is passed over. */
export function fromHash(hash: string): Given {
  if (!hash.startsWith(START)) return {};
  const values = hash.slice(START.length).split('+');
  const found = questionNames.map((name) => [
    name,
    questions[name].find((value) => values.includes(value)),
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
