// The tests' own `test`: examples that always end, and pages on which nothing may go wrong unseen.
import { test as base, expect, type Page } from '@playwright/test';
import type { ServerOptions } from 'socket.io';
import { findFirefox, noFirefox } from './browser.ts';
import { Example, type Options } from './example.ts';
import { type Plain, startPlain } from './plain.ts';

/** What Firefox says, and Chromium does not, where nothing is wrong. */
const harmless = [
  // zod asks whether it may compile, and is told no.
  /blocked a JavaScript eval \(script-src\)/,
  // The browser's own end of WebDriver BiDi, at a frame of another origin: now and then, and without a stack.
  /^error: Permission denied to access property "length"$/,
];

interface Fixtures {
  /** Starts an example on a free port; it ends with the test, whatever happens. */
  startExample: (name: string, options?: Options) => Promise<Example>;
  /** A bare Socket.IO server in this process; it ends with the test. */
  plainServer: (options?: Partial<ServerOptions>) => Promise<Plain>;
  /** Opens a page in a browser profile of its own; it ends with the test. */
  openPage: () => Promise<Page>;
  /** Patterns of console errors and failed requests that this test expects. */
  expected: RegExp[];
  /** Nothing may go wrong unseen on this page; the test's own `page` is watched already. */
  watch: (page: Page) => void;
  /** Runs by itself: where there is no Firefox, its tests are skipped and say why. */
  needFirefox: undefined;
}

interface WorkerFixtures {
  /** Like startExample, for tests that leave the server as they found it: the next one gets the same. */
  shareExample: (name: string, options?: Options) => Promise<Example>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  shareExample: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs off this pattern
    async ({}, use) => {
      const running = new Map<string, Example>();
      await use(async (name, options = {}) => {
        const key = JSON.stringify([name, options]);
        const found = running.get(key);
        const example = found?.alive ? found : new Example(name, options);
        running.delete(key);
        running.set(key, example); // behind those that were used before it
        const [oldest = key] = running.keys();
        if (running.size > 3) {
          await running.get(oldest)?.stop();
          running.delete(oldest);
        }
        return example.ready();
      });
      await Promise.all([...running.values()].map((example) => example.stop()));
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs off this pattern
  startExample: async ({}, use) => {
    const started: Example[] = [];
    await use(async (name, options) => {
      const example = new Example(name, options);
      started.push(example);
      return example.ready();
    });
    await Promise.all(started.map((example) => example.stop()));
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  plainServer: async ({}, use) => {
    const started: Plain[] = [];
    await use(async (options) => {
      const plain = await startPlain(options);
      started.push(plain);
      return plain;
    });
    await Promise.all(started.map((plain) => plain.close()));
  },

  openPage: async ({ browser }, use) => {
    const opened: Page[] = [];
    await use(async () => {
      const page = await browser.newPage();
      opened.push(page);
      return page;
    });
    await Promise.all(opened.map((page) => page.close()));
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above
  expected: async ({}, use) => use([]),

  watch: async ({ expected }, use) => {
    const surprises: string[] = [];
    await use((page) => {
      const note = (what: string) => {
        if (![...expected, ...harmless].some((pattern) => pattern.test(what))) surprises.push(what);
      };
      page.on('console', (message) => {
        if (message.type() === 'error') note(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => note(`error: ${error.message}`));
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url());
        const local = ['data:', 'blob:'].includes(protocol) || hostname === 'localhost';
        if (!local) note(`foreign request: ${request.url()}`);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) note(`${response.status()}: ${response.url()}`);
      });
    });
    expect(surprises, 'console errors, failed and foreign requests').toEqual([]);
  },

  // Both kinds of servers are set up first, so that they outlive the page.
  page: async ({ startExample, plainServer, page, watch }, use) => {
    void [startExample, plainServer];
    watch(page);
    await use(page);
  },

  needFirefox: [
    async ({ browserName }, use, info) => {
      info.skip(browserName === 'firefox' && !findFirefox(), noFirefox);
      await use(undefined);
    },
    { auto: true },
  ],
});

export { expect };
