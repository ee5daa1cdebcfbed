// `npm test`: checks, builds the site under both bases, then every test. Arguments go to Playwright.
import process from 'node:process';
import { findFirefox, noFirefox } from '../tests/support/browser.ts';
import { ensureBrowser } from './browser.ts';
import { check, syncTypes } from './checks.ts';
import { needInstall, run, step, tool } from './lib.ts';
import { ensureService, missing, services } from './service.ts';
import { buildPublished, buildSite, testFunctions } from './steps.ts';

needInstall();
await syncTypes();
// Side by side, for each of them is busy on one core. The two builds share a cache: not so they.
await Promise.all([check().then(testFunctions), buildSite().then(buildPublished)]);
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
