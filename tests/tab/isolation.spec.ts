// What a reader edits runs in an opaque origin: code that tries to get out, from the server and from the page.
import type { Page } from '@playwright/test';
import { expect, playground } from '../support/playground.ts';
import { test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

/** What each try gave, as the tried code reports it. */
const tries = `
const report = {};
const attempt = async (name, work) => {
  try { report[name] = 'got ' + String(await work()).slice(0, 80); }
  catch (error) { report[name] = 'no: ' + error.name; }
};
const within = (work) => Promise.race([work, new Promise((_, no) => setTimeout(() => no(new Error('late')), 1500))]);
await attempt('localStorage', () => localStorage.getItem('handshake.secret'));
await attempt('parent', () => parent.localStorage.getItem('handshake.secret'));
await attempt('indexedDB', () => new Promise((yes, no) => {
  const asked = indexedDB.open('handshake');
  asked.onsuccess = () => yes('open');
  asked.onerror = () => no(asked.error);
}));
await attempt('caches', () => caches.open('handshake'));
await attempt('site', () => within(REALFETCH('SITE/lessons/start/').then((r) => r.text())));
await attempt('elsewhere', () => within(REALFETCH('http://127.0.0.1:4390/').then((r) => r.status)));
await attempt('script', () => within(import(['SITE', 'favicon.svg'].join('/'))));
await attempt('socket', () => within(new Promise((yes, no) => {
  const socket = new REALSOCKET('SITE/'.replace('http', 'ws'));
  socket.onopen = () => yes('open');
  socket.onerror = () => no(new Error('closed'));
})));
`;

/** A running playground, on a page that has something to keep. */
async function start(page: Page) {
  const here = playground(page);
  await here.open('auth-field');
  await page.evaluate(() => localStorage.setItem('handshake.secret', 'the progress of a reader'));
  return here;
}

/** Every try must have failed, each for a reason of the browser's. */
function expectNothing(text: string): void {
  const [, json = ''] = /REPORT (\{.*\})/.exec(text) ?? [];
  const report: Record<string, string> = JSON.parse(json);
  expect(Object.keys(report).length).toBeGreaterThanOrEqual(7);
  for (const [name, said] of Object.entries(report)) expect(said, name).toMatch(/^no: /);
}

test('no frame of a playground shares an origin with the page; a server in it reads no storage, and fetches nothing', async ({
  page,
  expected,
}) => {
  expected.push(/Content Security Policy|ERR_FAILED|Refused|violates|Failed to/);
  const { source, output, button } = await start(page);
  const frames = page.locator('iframe');
  await expect(frames).toHaveCount(4); // a server's and a page's, and those that wait for the next run
  for (const frame of await frames.all()) {
    expect(await frame.getAttribute('sandbox')).toMatch(/^allow-scripts( allow-forms)?$/);
  }
  const code = tries
    .replaceAll('REALFETCH', 'fetch')
    .replaceAll('REALSOCKET', 'WebSocket')
    .replaceAll('SITE', 'http://localhost:4390');
  await source.fill(`${code}\nconsole.log('REPORT ' + JSON.stringify(report));`);
  await button('Run again').click();
  await expect(output).toContainText('REPORT');
  expectNothing((await output.textContent()) ?? '');
});

test('a page in the tab reads no storage of the course, and its real network is shut', async ({
  page,
  expected,
}) => {
  expected.push(/Content Security Policy|ERR_FAILED|Refused|violates|Failed to|sandboxed/);
  const { panel, source, output, button } = await start(page);
  await panel.getByLabel('File').selectOption('examples/auth-field/client.ts');
  // A frame made by the page's own code has the real fetch, if any has: the virtual one stands in this window alone.
  const code = tries
    .replaceAll('REALFETCH', 'real.fetch')
    .replaceAll('REALSOCKET', 'real.WebSocket')
    .replaceAll('SITE', 'http://localhost:4390');
  const made =
    "const real = document.body.appendChild(document.createElement('iframe')).contentWindow;";
  await source.fill(
    `// @ts-nocheck\n${made}\n${code}\nthrow new Error('REPORT ' + JSON.stringify(report));`,
  );
  await button('Run again').click();
  await expect(output).toContainText('REPORT');
  expectNothing((await output.textContent()) ?? '');
});

test('the same tries succeed on a page of the course itself', async ({ page }) => {
  await page.goto('./lessons/start/');
  const got = await page.evaluate(async () => {
    localStorage.setItem('handshake.secret', 'the progress of a reader');
    const text = await (await fetch('/lessons/start/')).text();
    return [localStorage.getItem('handshake.secret'), text.length > 1_000];
  });
  expect(got).toEqual(['the progress of a reader', true]);
});
