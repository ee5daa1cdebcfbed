/** Where the error stands that ended a run or spoiled a page. */
import { type Place, placeOf } from '../place.ts';

/** A mistake in the syntax, as the worker, the browser, the lexer of imports and the example's own server tell of it. */
export const SYNTAX =
  /\bSourceError: \S+:\d+:\d+: |\bSyntaxError\b|\bParse error\b|\.[jt]s answered 500\b/;

/** The same words without the place that was guessed while types were stripped: it may be lines away. */
export function withoutGuess(text: string): string {
  return text.replace(/^(SourceError: \S+?):\d+:\d+: /gm, '$1: ');
}

/**
 * The place of an error, from what was printed. Of a mistake in the syntax no runtime tells the place well: then the
 * files that the reader changed are read again, by a parser that is loaded for it.
 */
export async function locate(
  errors: string,
  files: readonly [path: string, text: string][],
  changed: ReadonlySet<string>,
): Promise<Place | undefined> {
  const told = placeOf(
    errors,
    files.map(([path]) => path),
  );
  if (!SYNTAX.test(errors)) return told;
  const { findMistake } = await import('./syntax.ts').catch(() => ({ findMistake: undefined }));
  const rank = (path: string) => (path === told?.path ? 0 : path.endsWith('/client.ts') ? 2 : 1);
  const suspects = files.filter(([path]) => changed.has(path) && path.endsWith('.ts'));
  for (const [path, text] of suspects.sort(([a], [b]) => rank(a) - rank(b))) {
    const mistake = findMistake?.(text);
    if (mistake) return { ...mistake, path, name: path.slice(path.lastIndexOf('/') + 1) };
  }
  return told;
}

/** The place and its line, with a caret below the column, as compilers print it. */
export function drawPlace({ path, line, column, message }: Place, text: string): string {
  const code = text.split('\n')[line - 1] ?? '';
  const number = `${line} | `;
  const indent = code.slice(0, column - 1).replace(/\S/g, ' ');
  const caret = `${' '.repeat(number.length - 2)}| ${indent}^`;
  return [`${path}:${line}:${column}: ${message}`, `${number}${code}`, caret].join('\n');
}
