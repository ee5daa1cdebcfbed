// An attack is a function of a target, so that one attack serves every server that must withstand it.
import type { Page } from '@playwright/test';
import type { Variant } from '../support/example.ts';
import type { Target } from './target.ts';

/** The examples that stand in the matrix. */
export const exampleNames = [
  'auth-field',
  'jwt-cookie',
  'query-token',
  'query-ticket',
  'session-passport',
] as const;
export type ExampleName = (typeof exampleNames)[number];

/** `saw` is what the server answered: a code, a count, a state. */
export interface Verdict {
  in: boolean;
  saw: string;
}

export interface Attack {
  title: string;
  /** Where the course explains the defense: a lesson's id, or `id#section`. */
  lesson: string;
  /** What `saw` must be where the attack fails; `heldAt` where an example says it in its own words. */
  held: string | RegExp;
  heldAt?: Partial<Record<ExampleName, string | RegExp>>;
  /** Where the attack does not apply, and why. */
  not?: Partial<Record<ExampleName, string>>;
  /** Where it gets in, and what it is about the carrier that lets it. */
  open?: Partial<Record<ExampleName, string>>;
  env?: Record<string, string>;
  /** A change with which the attack must fail too, such as a shorter wait; not made to the variant. */
  setting?: (example: ExampleName) => Variant;
  /** It leaves a safe server as it found it, so that others may use the same one. */
  calm?: boolean;
  /** `openPage` opens a page of a real browser; it ends with the test. */
  run(target: Target, openPage: () => Promise<Page>): Promise<Verdict>;
}

export const attacks: Attack[] = [];

type Rest = Omit<Attack, 'title' | 'lesson'> & { lesson?: string };
type Common = Pick<Attack, 'calm'>;

/**
 * Gives a function that registers attacks, for the lesson that most of a file's attacks belong to.
 * Titles are sentences that are true of a safe server, and unique.
 */
export function attacksFor(lesson: string, common: Common = {}) {
  return (title: string, rest: Rest): void => {
    if (attacks.some((each) => each.title === title)) throw new Error(`two attacks: ${title}`);
    attacks.push({ title, lesson, ...common, ...rest });
  };
}

/** What the matrix says of an attack on an example. */
export type Cell =
  | { state: 'held' }
  | { state: 'open'; why: string }
  | { state: 'not'; why: string };

export function cellOf({ not, open }: Attack, example: ExampleName): Cell {
  const [why, way] = [not?.[example], open?.[example]];
  if (why) return { state: 'not', why };
  return way ? { state: 'open', why: way } : { state: 'held' };
}

/** The same reason for several examples. */
export function at<T>(value: T, ...examples: ExampleName[]): Partial<Record<ExampleName, T>> {
  return Object.fromEntries(examples.map((each) => [each, value]));
}
