// Sees to it that there is a Chromium for the tests, and prints where it is.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { findBrowser } from '../tests/support/browser.ts';
import { run, tool } from './lib.ts';

/** The browser's path; installs one where it can. Throws with what to do where it cannot. */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found) return found;
  console.log('No Chromium found: asking Playwright for its own.');
  await run([...tool('playwright/cli.js'), 'install', 'chromium']);
  if (!findBrowser() && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Playwright could not fetch it: installing the package chromium-headless-shell.');
    await run(['apt-get', 'update', '-qq']);
    await run(['apt-get', 'install', '-y', '-qq', 'chromium-headless-shell']);
  }
  const path = findBrowser();
  if (path) return path;
  throw new Error(
    'The tests need Chromium. Install Chrome or Chromium, or set CHROMIUM_PATH to its program.',
  );
}
