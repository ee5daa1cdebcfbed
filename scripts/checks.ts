// The checks of `npm run check` and `npm test`: what can be said of the project without running it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, step, tool } from './lib.ts';
import { findGaps } from './lockfile.ts';

const astro = tool('astro/bin/astro.mjs');
const biome = tool('@biomejs/biome/bin/biome');
const prettier = tool('prettier/bin/prettier.cjs');
const tsc = tool('typescript/bin/tsc');

/** Writes the types of the content into `.astro`, where TypeScript looks for them. */
export function syncTypes(): Promise<void> {
  return step('types of the content', () => run([...astro, 'sync']));
}

/** Everything else; it needs the types of the content. */
export async function check(): Promise<void> {
  await step('the lockfile is complete on every platform', async () => {
    const gaps = findGaps(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
    return { code: gaps.length > 0 ? 1 : 0, output: gaps.join('\n') };
  });
  await quickCheck();
  await step('types, site and tests', () =>
    run([...astro, 'check', '--noSync', '--minimumFailingSeverity', 'hint']),
  );
  await step('knip: nothing unused', () => run([...tool('knip/bin/knip.js')]));
}

/** What takes seconds: form, and the types of the examples. */
export async function quickCheck(): Promise<void> {
  await step('Biome', () => run([...biome, 'ci', '--colors=off', '--error-on-warnings', '.']));
  await step('Prettier, lessons', () => run([...prettier, '--check', 'content/**/*.mdx']));
  await step('types, examples', () => run([...tsc, '-p', 'examples']));
}
