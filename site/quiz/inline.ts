/** A run of text in a prompt, an option or an explanation. */
export interface Piece {
  kind: 'text' | 'code' | 'em';
  text: string;
}

const MARK = /`([^`]+)`|\*([^*\s](?:[^*]*[^*\s])?)\*/g;

/** Splits the two marks that quizzes know, `code` and *emphasis*; all else stays plain text. */
export function inline(source: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of source.matchAll(MARK)) {
    if (match.index > end) pieces.push({ kind: 'text', text: source.slice(end, match.index) });
    const [whole, code, em] = match;
    pieces.push(code === undefined ? { kind: 'em', text: em ?? '' } : { kind: 'code', text: code });
    end = match.index + whole.length;
  }
  if (end < source.length) pieces.push({ kind: 'text', text: source.slice(end) });
  return pieces;
}
