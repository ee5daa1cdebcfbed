// The page of all questions, shortened.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** The page with the questions of its first lesson: the others would only be parsed, laid out and searched. */
function oneLesson(): string {
  const html = readFileSync('dist/questions/index.html', 'utf8');
  const lesson = '<section class="bank-lesson"';
  const first = html.split(lesson, 2).join(lesson);
  return first + html.slice(html.indexOf('</question-bank>'));
}

/** From now on this is what the page gets for the page of all questions. */
export async function shorten(page: Page): Promise<void> {
  const body = oneLesson();
  await page.route(
    ({ pathname }) => pathname === '/questions/',
    (route) => route.fulfill({ contentType: 'text/html', body }),
  );
}
