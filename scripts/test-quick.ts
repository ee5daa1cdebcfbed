// `npm run test:quick`: what one runs while working. Form, the tests of pure functions, one build, and a part of the
// tests in the browser that nobody has to keep up: of each file, and of each group in it, the first test that keeps
// to the ordinary time limit. `npm test` runs all of them. Arguments go to Playwright.
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { ensureBrowser } from './browser.ts';
import { quickCheck, syncTypes } from './checks.ts';
import { firstTests, type Suite } from './firstTests.ts';
import { needInstall, root, run, step, tool } from './lib.ts';
import { buildSite, testFunctions } from './steps.ts';

needInstall();
await syncTypes();
await Promise.all([quickCheck().then(testFunctions), buildSite()]);
await step('a browser', async () => ({ code: 0, output: await ensureBrowser() }));

const cli = [
  ...tool('@playwright/test/cli.js'),
  'test',
  '--config',
  `${root}scripts/quick.config.ts`,
];
const list = `${root}node_modules/.cache/quick.txt`;
await step('a list of tests', async () => {
  const result = await run([...cli, '--list', '--reporter=json']);
  if (result.code !== 0) return result;
  const { output } = result; // with whatever else was said around it
  const json = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);
  const { suites }: { suites: Suite[] } = JSON.parse(json);
  mkdirSync(`${root}node_modules/.cache`, { recursive: true });
  writeFileSync(list, suites.flatMap((suite) => firstTests(suite)).join('\n'));
  return result;
});
const { code } = await run([...cli, '--test-list', list, ...process.argv.slice(2)], { show: true });
process.exit(code);
