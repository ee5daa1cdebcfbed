import type { RegionLines } from './rules.ts';
import type { SpotQuestion } from './schema.ts';

/** One line of a listing. A line without `id` (blank, or brackets alone) cannot be chosen. */
export interface SpotLine {
  number: number;
  /** The line without its indentation, which `indent` counts in characters. */
  code: string;
  indent: number;
  id?: string;
  right: boolean;
  why?: string;
}

/** A line's id in saved progress: it follows the text, not the number, so that edits above do not move it. */
function textId(code: string, seen: Map<string, number>): string {
  let hash = 5381;
  for (const letter of code) hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) >>> 0;
  const id = `line-${hash.toString(36)}`;
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}

/** The listing of a spot question: its region's lines, each with the question's word on it. */
export function spotLines(question: SpotQuestion, region: RegionLines): SpotLine[] {
  const seen = new Map<string, number>();
  return region.lines.map((text, index) => {
    const code = text.trim();
    const line = { number: region.firstLine + index, code, indent: text.search(/\S|$/) };
    const own = question.lines.find((one) => text.includes(one.text));
    if (own) return { ...line, id: own.id, right: own.right === true, why: own.why };
    if (!/\w/.test(code)) return { ...line, right: false };
    return { ...line, id: textId(code, seen), right: false };
  });
}
