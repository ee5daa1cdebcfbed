/** What `Snippet` and `Diff` show: a region of a source file, with its language. */
import { type Region, readRegion } from './regions.ts';
import { languageOf, readSource } from './source.ts';

export interface Shown extends Region {
  file: string;
  lang: string;
}

/** A part of the code to mark: words that occur in it, or lines of it as `'3'` or `'3-5'`. */
export type Mark = string;

/** Reads `region` of `file`. Throws, naming `page`, when there is no such file or region. */
export function show(file: string, region: string | undefined, page: string): Shown {
  try {
    return { ...readRegion(readSource(file), region, file), file, lang: languageOf(file) };
  } catch (cause) {
    throw new Error(`${page}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** The marks as Expressive Code takes them. Throws for a mark that marks nothing. */
export function marksOf(marks: Mark[], { code, file }: Shown, page: string) {
  const count = code.split('\n').length;
  return marks.map((mark) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(mark) ?? [];
    const found =
      from === undefined ? code.includes(mark) : Number(from) > 0 && Number(to) <= count;
    if (!found) throw new Error(`${page}: nothing to mark for "${mark}" in the region of ${file}.`);
    return from === undefined ? mark : { range: mark };
  });
}
