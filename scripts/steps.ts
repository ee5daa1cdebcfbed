// The steps that `npm test` and `npm run test:quick` share.
import { globSync } from 'node:fs';
import process from 'node:process';
import { root, run, step, tool } from './lib.ts';

/** The tests of pure functions, all of them. */
export async function testFunctions(): Promise<void> {
  const unit = globSync('tests/**/*.test.ts', { cwd: root }).sort();
  // What Node compiles is kept, as the examples in the tests keep it: a third less to do.
  const env = { NODE_COMPILE_CACHE: `${root}/node_modules/.cache/compile` };
  await step('tests of pure functions', () => run([process.execPath, '--test', ...unit], { env }));
}

const astro = tool('astro/bin/astro.mjs');

/** The site as `npm start` shows it, into `dist`. */
export function buildSite(): Promise<void> {
  return step('build under /', () => run([...astro, 'build']));
}

/** As it is published: below a path, with links to a repository. Into `dist-handshake`. */
export function buildPublished(): Promise<void> {
  const env = { BASE_PATH: '/handshake/', REPO_URL: 'https://repo.example/x' };
  return step('build under /handshake/', () =>
    run([...astro, 'build', '--outDir', 'dist-handshake'], { env }),
  );
}
