/** Finds the mistake in the syntax of a TypeScript file. It weighs 62 kB gzip: to be loaded when there is one. */
import { tsPlugin } from '@sveltejs/acorn-typescript';
import { Parser } from 'acorn';
import type { SourceError } from './error-mark.ts';

const TypeScript = Parser.extend(tsPlugin());

/** What acorn throws: `loc.column` counts from 0, and the message ends with both numbers. */
interface Thrown extends SyntaxError {
  pos: number;
  loc: { line: number; column: number };
  raisedAt: number;
}

/** The first mistake, or nothing when the text can be read. */
export function findMistake(text: string): SourceError | undefined {
  try {
    TypeScript.parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('loc' in error)) return undefined;
    return describe(error as Thrown, text);
  }
}

function describe({ pos, loc, raisedAt, message }: Thrown, text: string): SourceError {
  const words = message.replace(/\s*\(\d+:\d+\)$/, '');
  const place = { line: loc.line, column: loc.column + 1 };
  if (words === 'Unterminated template')
    return { ...placeAt(text, text.lastIndexOf('`', pos - 1)), message: words }; // its piece began at `pos`
  if (words !== 'Unexpected token') return { ...place, message: words };
  if (text.slice(pos).trim() === '')
    return { ...place, message: 'The file ends too early: a bracket is still open' };
  const token = text.slice(pos, raisedAt) || text.charAt(pos);
  return openTemplate(text, pos, loc.line) ?? { ...place, message: `${words} ${token}` };
}

/** A template without its end takes all up to the next backtick: the mistake is where it begins. */
function openTemplate(text: string, pos: number, line: number): SourceError | undefined {
  const end = text.slice(0, pos).trimEnd().length - 1;
  const start = text.lastIndexOf('`', end - 1);
  if (text.charAt(end) !== '`' || start < 0 || !text.slice(start, end).includes('\n'))
    return undefined;
  const message = `Unterminated template: the next \` is on line ${line}`;
  return { ...placeAt(text, start), message };
}

function placeAt(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
