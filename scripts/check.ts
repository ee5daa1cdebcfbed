// `npm run check`: everything that can be said of the project without running it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needInstall, root, run, step, tool } from './lib.ts';
import { findGaps } from './lockfile.ts';

needInstall();
const astro = tool('astro/bin/astro.mjs');
const tsc = tool('typescript/bin/tsc');

await step('the lockfile is complete on every platform', async () => {
  const gaps = findGaps(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return { code: gaps.length > 0 ? 1 : 0, output: gaps.join('\n') };
});
await step('Biome', () =>
  run([...tool('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '--error-on-warnings', '.']),
);
await step('Prettier, lessons', () =>
  run([...tool('prettier/bin/prettier.cjs'), '--check', 'content/**/*.mdx']),
);
await step('types of the content', () => run([...astro, 'sync']));
await step('types, examples', () => run([...tsc, '-p', 'examples']));
await step('types, site and tests', () =>
  run([...astro, 'check', '--minimumFailingSeverity', 'hint']),
);
await step('knip: nothing unused', () => run([...tool('knip/bin/knip.js')]));
