import * as z from 'zod';

/**
 * The shape of a quiz file, `content/quizzes/<lesson-id>.yaml`.
 * What one value cannot say about itself (how many options are right, whether a line is in its
 * region) is checked in `rules.ts`; how a failure reads is decided in `explain.ts`.
 */

/** Ids live in readers' saved progress, so they are kebab-case and for ever. */
export const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const id = z.string().regex(KEBAB);
const text = z.string().trim().min(1);
const right = z.literal(true).optional();

const source = z.union([
  z.strictObject({ test: text }),
  z.strictObject({ doc: text, url: z.url({ protocol: /^https$/ }) }),
]);

const base = {
  id,
  level: z.enum(['junior', 'mid', 'senior']),
  section: z.string().regex(/^[^#\s]+$/),
  prompt: text,
  /** Shown under the prompt: code, packets, a log. */
  code: z.string().min(1).optional(),
  explain: text.optional(),
  hints: z.array(text).min(1).optional(),
  sources: z.array(source).min(1).optional(),
  bank: z.literal(true).optional(),
  /** The lab whose page shows it, in place of the lesson's. */
  lab: id.optional(),
};

const options = z
  .array(z.strictObject({ id, text, right, why: text }))
  .min(3)
  .max(5);
const lines = z.array(z.strictObject({ id, text, right, why: text })).min(1);
const steps = z
  .array(z.strictObject({ id, text, why: text }))
  .min(3)
  .max(8);
const rubric = z.array(z.strictObject({ id, text })).min(2);

const single = z.strictObject({ ...base, kind: z.literal('single'), options });
const multiple = z.strictObject({ ...base, kind: z.literal('multiple'), options });
const spot = z.strictObject({
  ...base,
  kind: z.literal('spot'),
  file: text,
  region: text,
  lines,
  others: text.optional(),
});
const predict = z.strictObject({ ...base, kind: z.literal('predict'), test: text, options });
const order = z.strictObject({ ...base, kind: z.literal('order'), steps });
const open = z.strictObject({
  ...base,
  kind: z.literal('open'),
  rubric,
  answer: text,
  followUps: z.array(text).min(1),
});

const question = z.discriminatedUnion('kind', [single, multiple, spot, predict, order, open]);

/** A whole quiz file. `draft: true` keeps a file off the site until its lesson is written. */
export const quizSchema = z.strictObject({
  draft: z.literal(true).optional(),
  questions: z.array(question).min(1),
});

export type Quiz = z.infer<typeof quizSchema>;
export type Question = z.infer<typeof question>;
export type Source = z.infer<typeof source>;
export type ChoiceQuestion = z.infer<typeof single | typeof multiple | typeof predict>;
export type SpotQuestion = z.infer<typeof spot>;
export type OrderQuestion = z.infer<typeof order>;
export type OpenQuestion = z.infer<typeof open>;

export const isSpot = (question: Question): question is SpotQuestion => question.kind === 'spot';
export const isOrder = (question: Question): question is OrderQuestion => question.kind === 'order';
export const isOpen = (question: Question): question is OpenQuestion => question.kind === 'open';

/** Whether a reader may choose more than one option or line. */
export function choosesSeveral(question: Question): boolean {
  if (isSpot(question)) return question.lines.filter((line) => line.right).length > 1;
  return question.kind === 'multiple';
}
