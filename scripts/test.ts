// `npm test`: checks, builds the site under both bases, then every test. Arguments go to Playwright.
import { globSync } from 'node:fs';
import process from 'node:process';
import { ensureBrowser } from './browser.ts';
import { needInstall, root, run, step, tool } from './lib.ts';

needInstall();
const astro = tool('astro/bin/astro.mjs');

await import('./check.ts');
await step('a browser', async () => ({ code: 0, output: await ensureBrowser() }));
await step('build under /', () => run([...astro, 'build']));
await step('build under /handshake/', () =>
  run([...astro, 'build', '--outDir', 'dist-handshake'], {
    env: { BASE_PATH: '/handshake/' },
  }),
);
const unit = globSync('tests/**/*.test.ts', { cwd: root }).sort();
await step('tests of pure functions', () => run([process.execPath, '--test', ...unit]));

const playwright = [...tool('@playwright/test/cli.js'), 'test', ...process.argv.slice(2)];
const { code } = await run(playwright, { show: true });
process.exit(code);
