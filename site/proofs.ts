/**
 * The index of proofs: every test that a lesson may name, found by reading the sources of the tests.
 *
 * A proof is a call `test('title', …)` in a `*.spec.ts` or `*.test.ts` file, `attack('title', …)` in a file under
 * `tests/attacks`, or `mend('title', …)` in one under `tests/labs/wrong`. The title is a string literal or a template without substitutions.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Where a test stands: `file` is relative to the root, with forward slashes; `line` is 1-based. */
export interface Proof {
  title: string;
  file: string;
  line: number;
}

const PATTERNS = [
  'tests/**/*.spec.ts',
  'tests/**/*.test.ts',
  'tests/attacks/*.ts',
  'tests/labs/wrong/*.ts',
];
const CALLEES = new Set(['test', 'attack', 'mend']);

/** All proofs below `root`, by title. Throws when two tests share a title: a claim must name one test. */
export function readProofs(root: string): Map<string, Proof> {
  const proofs = new Map<string, Proof>();
  if (!existsSync(join(root, 'tests'))) return proofs;
  const files = PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root }));
  for (const file of [...new Set(files.map((name) => name.replaceAll('\\', '/')))].sort()) {
    for (const proof of proofsIn(readFileSync(join(root, file), 'utf8'), file)) {
      const other = proofs.get(proof.title);
      if (other) {
        throw new Error(
          `Two tests have the title "${proof.title}": ${other.file}:${other.line} and ${file}:${proof.line}. Rename one.`,
        );
      }
      proofs.set(proof.title, proof);
    }
  }
  return proofs;
}

/** The proofs in one file's text. */
export function proofsIn(text: string, file: string): Proof[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: Proof[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [title, ...rest] = node.arguments;
      if (
        CALLEES.has(node.expression.text) &&
        rest.length > 0 &&
        title &&
        ts.isStringLiteralLike(title)
      ) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        found.push({ title: title.text, file, line: line + 1 });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The proof named `title`. Throws, naming the page and the nearest titles, when there is none. */
export function findProof(proofs: Map<string, Proof>, title: string, page: string): Proof {
  const proof = proofs.get(title);
  if (proof) return proof;
  const near = nearest(title, [...proofs.keys()]);
  const hint = near.length > 0 ? ` Nearest: ${near.map((name) => `"${name}"`).join(', ')}.` : '';
  throw new Error(`${page}: no test has the title "${title}".${hint}`);
}

/** Up to three of `titles` that share the most pairs of letters with `title`, best first. */
export function nearest(title: string, titles: string[]): string[] {
  return titles
    .map((name) => ({ name, score: likeness(title, name) }))
    .filter(({ score }) => score > 0.2)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Dice coefficient over pairs of adjacent letters: 0 for nothing in common, 1 for the same text. */
function likeness(a: string, b: string): number {
  const left = pairsOf(a);
  const right = pairsOf(b);
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return (2 * shared) / (left.size + right.size || 1);
}

function pairsOf(text: string): Set<string> {
  const letters = text.toLowerCase();
  return new Set(Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2)));
}
