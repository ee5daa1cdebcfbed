// The packets of: react. The hook that connects twice, in a browser.
import { chromium } from '@playwright/test';
import { findBrowser } from '../../support/browser.ts';
import { until } from '../../support/example.ts';
import { logOf, press, say, signIn } from '../../support/react-page.ts';
import { pageVariant } from '../../support/vary-page.ts';
import type { Run } from './run.ts';

export async function record({ startExample, keep }: Run): Promise<void> {
  const heard: string[] = [];
  const { origin } = await startExample('react-hook', {
    variant: pageVariant([], 'tests/examples/react/naive.ts'),
    preload: './tests/support/tap.ts',
    watch: (event) => {
      if (event.kind === 'request' || event.kind === 'response') heard.push(...parts(event.body));
      else if (event.kind === 'message') heard.push(event.text ?? '');
    },
  });
  const executablePath = findBrowser();
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  const page = await browser.newPage();
  await page.goto(origin);
  await press(page, 'Unmount the connection');
  await signIn(page);
  await logOf(page).getByText('signed in').waitFor();
  await press(page, 'Mount the connection');
  await until(() => count(heard, '40{"token"') === 2 && count(heard, '40{"sid"') === 2, 10_000);
  await say(page, 'hello');
  await until(() => count(heard, '42["said"') === 2, 10_000);
  await browser.close();
  keep(...heard);
}

const parts = (body: string) => body.split('\x1e');
const count = (heard: string[], start: string) =>
  heard.filter((text) => text.startsWith(start)).length;
