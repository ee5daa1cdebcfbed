// `npm test`: checks, builds the site under both bases, then every test. Arguments go to Playwright.
import { globSync } from 'node:fs';
import process from 'node:process';
import { findFirefox, noFirefox } from '../tests/support/browser.ts';
import { ensureBrowser } from './browser.ts';
import { check, syncTypes } from './checks.ts';
import { needInstall, root, run, step, tool } from './lib.ts';
import { ensureService, missing, services } from './service.ts';

needInstall();
await syncTypes();
// Side by side, for each of them is busy on one core. The two builds share a cache: not so they.
await Promise.all([checkAndTest(), build()]);
await step('a browser', async () => ({ code: 0, output: await ensureBrowser() }));
if (!findFirefox()) console.log(`skip   tests in Firefox. ${noFirefox}`);
for (const service of services) {
  if (!(await ensureService(service))) {
    console.log(`skip   tests with ${service.program}. ${missing(service)}`);
  }
}

const playwright = [...tool('@playwright/test/cli.js'), 'test', ...process.argv.slice(2)];
const { code } = await run(playwright, { show: true });
process.exit(code);

async function checkAndTest(): Promise<void> {
  await check();
  const unit = globSync('tests/**/*.test.ts', { cwd: root }).sort();
  // What Node compiles is kept, as the examples in the tests keep it: a third less to do.
  const env = { NODE_COMPILE_CACHE: `${root}/node_modules/.cache/compile` };
  await step('tests of pure functions', () => run([process.execPath, '--test', ...unit], { env }));
}

async function build(): Promise<void> {
  const astro = tool('astro/bin/astro.mjs');
  await step('build under /', () => run([...astro, 'build']));
  // As it is published: below a path, with links to a repository.
  const env = { BASE_PATH: '/handshake/', REPO_URL: 'https://repo.example/x' };
  await step('build under /handshake/', () =>
    run([...astro, 'build', '--outDir', 'dist-handshake'], { env }),
  );
}
