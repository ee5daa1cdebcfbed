/**
 * Cards as the text file that Anki imports: https://docs.ankiweb.net/importing/text-files.html
 * Its header lines name separator and columns, so that nothing has to be chosen by hand.
 */
import type { Progress } from './document.ts';

/** A question as a card, plain text on both sides; the build writes them (site/quiz/card.ts). */
export interface Card {
  /** The question's id. */
  id: string;
  front: string;
  back: string;
  /** Each without a space: the lesson, the level, the kind. */
  tags: readonly string[];
}

const HEADER = ['#separator:comma', '#html:false', '#columns:Front,Back,Tags', '#tags column:3'];

/** A spreadsheet takes a cell that begins so for a formula, and would run it. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** One cell, quoted (RFC 4180), and never a formula: https://owasp.org/www-community/attacks/CSV_Injection */
function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The file's text. */
export function ankiText(cards: readonly Card[]): string {
  const rows = cards.map(({ front, back, tags }) =>
    [front, back, tags.join(' ')].map(cell).join(','),
  );
  return `${[...HEADER, ...rows].join('\n')}\n`;
}

/** The cards whose last answer was wrong. */
export function wrongOnes<T extends { id: string }>(
  cards: readonly T[],
  { answers }: Progress,
): T[] {
  return cards.filter(({ id }) => answers.get(id)?.right === false);
}
