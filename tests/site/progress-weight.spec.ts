// What a lesson loads for its questions and for progress.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from '../support/test.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const OURS = ['Quiz', 'Summary', 'Notice', 'LessonDone', 'Sidebar'];

/** The scripts of a page whose components have these names. */
function scriptsOf(path: string): Map<string, string> {
  const html = readFileSync(join(dist, path, 'index.html'), 'utf8');
  const found = [...html.matchAll(/<script type="module" src="([^"]+)"/g)].map(
    ([, src = '']) => src,
  );
  return new Map(
    found.flatMap((src) => {
      const name = /\/(\w+)\.astro_astro_type_script/.exec(src)?.[1] ?? '';
      return OURS.includes(name) ? [[name, src]] : [];
    }),
  );
}

/** A script with all that it imports at once. */
function withImports(file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(dist, file), 'utf8');
  for (const [, other = ''] of code.matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g))
    withImports(join(dirname(file), other), seen);
  return seen;
}

test('a lesson loads at most 14 kB of script for quiz and progress together', async () => {
  for (const path of ['lessons/start', 'lessons/auth-field', 'lessons/choose']) {
    const scripts = scriptsOf(path);
    expect([...scripts.keys()].sort(), path).toEqual([...OURS].sort());
    const files = new Set<string>();
    for (const src of scripts.values()) withImports(src, files);
    const names = [...files].join(' ');
    expect(names, `${path}: the question itself is counted`).toContain('question-element');
    const bytes = [...files].reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length,
      0,
    );
    expect(bytes, `${path}: ${names}`).toBeLessThan(14 * 1024);
  }
});
