// `npm run bench:tab`: what it takes to run a server in the tab, on the built site. Medians of nine, in ms, and the
// weight of what is fetched. Numbers for one machine, printed with it; never a test.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { root } from '../scripts/lib.ts';
import { findBrowser } from '../tests/support/browser.ts';

const PORT = 4395;
const address = `http://localhost:${PORT}/run/auth-field/`;
const ROUNDS = 9;
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

if (!existsSync(join(root, 'dist/run'))) {
  console.error('The site is not built. Run this first: npm run build');
  process.exit(1);
}

/** From the press of Run to the page of the example standing there, its script having run. */
async function timeRun(page: Page, name: 'Run it here' | 'Run again'): Promise<number> {
  return page.evaluate(async (text) => {
    const panel = document.querySelector('tab-playground');
    const button = [...(panel?.querySelectorAll('button') ?? [])].find(
      (each) => each.textContent === text,
    );
    const before = panel?.getAttribute('data-state');
    const start = performance.now();
    button?.click();
    await new Promise<void>((resolve) => {
      const look = () => {
        const state = panel?.getAttribute('data-state');
        if (state === 'open' && (before !== 'open' || performance.now() - start > 5)) resolve();
        else setTimeout(look, 1);
      };
      panel?.setAttribute('data-state', '');
      look();
    });
    return performance.now() - start;
  }, name);
}

/** From the press in the example's page to the packet that says connected. */
async function timeConnect(page: Page): Promise<number> {
  const inside = page.frameLocator('iframe[title="First browser"]');
  const log = inside.getByRole('log');
  await inside.getByRole('button', { name: 'Sign in' }).click();
  await log.getByText('signed in as ann').waitFor();
  const start = performance.now();
  await inside.getByRole('button', { name: 'My token', exact: true }).click();
  await log.getByText('connected as').waitFor();
  return performance.now() - start;
}

async function weigh(browser: Browser): Promise<{ server: number; page: number }> {
  const page = await browser.newPage();
  const found = { server: 0, page: 0 };
  await page.goto(address, { waitUntil: 'networkidle' });
  page.on('response', async (response) => {
    if (!response.url().startsWith('http')) return; // modules that the frames make of what was fetched
    const size = gzipSync(await response.body()).length;
    const { pathname } = new URL(response.url());
    const ours = pathname.includes('/tab/') && !/\/(?:client|example)-/.test(pathname);
    found[ours ? 'server' : 'page'] += size;
  });
  await timeRun(page, 'Run it here');
  await page.waitForTimeout(2_000); // the worker that waits for the next run fetches nothing more
  await page.getByRole('region', { name: 'The sources' }).scrollIntoViewIfNeeded();
  await page.waitForTimeout(1_000); // its editor comes when it is near
  await page.close();
  return found;
}

/** Bytes of the page's own heap after so many runs, garbage collected. */
async function growth(browser: Browser, runs: number): Promise<number> {
  const page = await browser.newPage();
  const devtools = await page.context().newCDPSession(page);
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  };
  await devtools.send('Performance.enable');
  await page.goto(address);
  await timeRun(page, 'Run it here');
  const before = await heap();
  for (let run = 0; run < runs; run += 1) await timeRun(page, 'Run again');
  const after = await heap();
  await page.close();
  return after - before;
}

const serve = spawn(process.execPath, ['scripts/serve.ts', 'dist', String(PORT), '/'], {
  cwd: root,
});
try {
  await until(() => fetch(address).then(({ ok }) => ok));
  const executablePath = findBrowser();
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  const cold: number[] = [];
  const near: number[] = [];
  const again: number[] = [];
  const connect: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    cold.push(await timeRun(page, 'Run it here'));
    connect.push(await timeConnect(page));
    await page.waitForTimeout(2_000); // nobody edits faster
    again.push(await timeRun(page, 'Run again'));
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Run it here' }).hover();
    await page.waitForTimeout(1_000);
    near.push(await timeRun(page, 'Run it here'));
    await context.close();
  }
  const weight = await weigh(browser);
  const grown = await growth(browser, 50);
  const version = browser.version();
  await browser.close();
  const kB = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;
  console.log(
    `Chromium ${version}, ${cpus()[0]?.model}, ${cpus().length} cores, medians of ${ROUNDS}`,
  );
  console.log(`Run, cold, until the page stands   ${median(cold).toFixed(0)} ms`);
  console.log(`the same, the pointer was near     ${median(near).toFixed(0)} ms`);
  console.log(`its page, until connected          ${median(connect).toFixed(0)} ms`);
  console.log(`Run again, until the page stands   ${median(again).toFixed(0)} ms`);
  console.log(`gzip: server ${kB(weight.server)}, page ${kB(weight.page)}`);
  console.log(`heap of the page after 50 runs     ${grown > 0 ? '+' : ''}${kB(grown)}`);
} finally {
  serve.kill();
}

/** Asks until it is true; gives up after 20 s. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The built site was not served within 20 seconds.');
}
