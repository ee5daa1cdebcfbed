/** The words of the course, from `content/glossary.yaml`. */
import { parse } from 'yaml';
import { z } from 'zod';
import { href } from './paths.ts';
import { nearest } from './proofs.ts';
import { readSource } from './source.ts';

const Terms = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
      term: z.string().min(1),
      text: z.string().min(1),
    }),
  )
  .min(1);

export type Term = z.infer<typeof Terms>[number];

let terms: Term[] | undefined;

/** All terms, in the order of the file. */
export function readTerms(): Term[] {
  terms ??= Terms.parse(parse(readSource('content/glossary.yaml')));
  return terms;
}

/** The term `id`. Throws, naming the page that asks and the nearest ids, when there is none. */
export function findTerm(id: string, page: string): Term {
  const found = readTerms().find((term) => term.id === id);
  if (found) return found;
  const near = nearest(
    id,
    readTerms().map((term) => term.id),
  ).join(', ');
  throw new Error(
    `${page}: the glossary has no term "${id}".${near && ` Nearest: ${near}.`} Add it to content/glossary.yaml.`,
  );
}

/** The ids of the terms that a lesson's text links, in its order. */
export function termsIn(text: string): string[] {
  return [...text.matchAll(/<Term\s+id="([^"]*)"/g)].map(([, id]) => id ?? '');
}

/** Where a term stands in the glossary. */
export function termHref(id: string): string {
  return href(`glossary/#${id}`);
}
