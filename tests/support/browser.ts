// Finds a Chromium and a Firefox for the tests. The order is written in the README; each step is only tried when
// the ones before it gave nothing.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const names = [
  'chromium-headless-shell', // all that tests need, and a quarter less to do
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome.exe',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser's path: CHROMIUM_PATH, Playwright's own, the system's; undefined when there is none. */
export function findBrowser(): string | undefined {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH names no file: ${asked}`);
    return asked;
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  return onPath(names) ?? places.find((path) => existsSync(path));
}

/** Firefox's path: FIREFOX_PATH, the system's; undefined when there is none. */
export function findFirefox(): string | undefined {
  if (process.platform === 'win32') return undefined; // the relay is a script, which Playwright cannot start there
  const asked = process.env.FIREFOX_PATH;
  if (asked && !existsSync(asked)) throw new Error(`FIREFOX_PATH names no file: ${asked}`);
  const application = '/Applications/Firefox.app/Contents/MacOS/firefox';
  return (
    asked || onPath(['firefox-esr', 'firefox']) || [application].find((path) => existsSync(path))
  );
}

/** Why tests in Firefox are skipped where `findFirefox` has found none. */
export const noFirefox =
  'No Firefox found: install firefox-esr or Firefox, or set FIREFOX_PATH to its program.';

/** What Playwright is told to use any Firefox by WebDriver BiDi, through tests/support/firefox-relay.ts. */
export function firefoxOptions(path: string) {
  const { PATH = '', ...env } = process.env;
  return {
    executablePath: fileURLToPath(new URL('firefox-relay.ts', import.meta.url)),
    env: {
      ...env,
      HANDSHAKE_FIREFOX: path,
      PATH: [dirname(process.execPath), PATH].join(delimiter),
    },
    firefoxUserPrefs: {
      'browser.cache.disk.enable': false, // the virtual browser has none: differential.spec.ts compares
      'browser.cache.memory.enable': false,
    },
  };
}

function onPath(programs: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = programs.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}
