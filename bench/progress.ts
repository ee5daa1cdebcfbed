// `npm run bench:progress`: how soon pages answer a reader who has answered much, and how large the saved progress is.
// Medians of nine, in ms, on the built site. Numbers for one machine, printed with it; never a test.
import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type Browser, chromium } from '@playwright/test';
import { parse } from 'yaml';
import { root } from '../scripts/lib.ts';
import {
  type Answer,
  type Attempt,
  EMPTY,
  serialize,
  withAttempt,
} from '../site/progress/document.ts';
import { KEY } from '../site/progress/key.ts';
import { findBrowser } from '../tests/support/browser.ts';

const PORT = 4396;
const ROUNDS = 9;
const PAGES = ['lessons/start/', 'progress/', 'questions/', 'review/', 'interview/'];
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

if (!existsSync(join(root, 'dist/progress'))) {
  console.error('The site is not built. Run this first: npm run build');
  process.exit(1);
}

interface Asked {
  id: string;
  options?: { id: string }[];
}

const questions = globSync('content/quizzes/*.yaml', { cwd: root }).flatMap(
  (file): Asked[] => parse(readFileSync(join(root, file), 'utf8')).questions,
);

/** `count` attempts, dealt out to all questions, one every ten minutes until now. */
function documentOf(count: number): string {
  const answers = new Map<string, Answer>();
  const end = Math.floor(Date.now() / 1000);
  for (let n = 0; n < count; n += 1) {
    const { id, options } = questions[n % questions.length] ?? { id: '' };
    const seconds = end - (count - n) * 600;
    const grade = ([1, 2, 3, 3] as const)[n % 4] ?? 3;
    const before = answers.get(id);
    const attempt: Attempt = [seconds, grade];
    answers.set(id, {
      chosen: options?.slice(0, 2).map((option) => option.id) ?? [],
      right: grade > 1,
      tries: (before?.tries ?? 0) + 1,
      rights: (before?.rights ?? 0) + Number(grade > 1),
      at: new Date(seconds * 1000).toISOString(),
      seed: (n * 2654435761) % 2 ** 32,
      log: withAttempt(before?.log ?? [], attempt),
    });
  }
  return serialize({ ...EMPTY, answers });
}

/** From the first look at the saved progress to the last element that works, and that with the styles and layout. */
async function time(browser: Browser, path: string, text: string) {
  const context = await browser.newContext();
  await context.addInitScript(
    ([key, value]) => {
      localStorage.setItem(key, value);
      const marks = { start: 0, end: 0, painted: 0 };
      Object.assign(window, { marks });
      const { getItem } = Storage.prototype;
      Storage.prototype.getItem = function (name) {
        if (name === key) marks.start ||= performance.now();
        return getItem.call(this, name);
      };
      const { define } = customElements;
      customElements.define = function (...args) {
        define.apply(this, args);
        if (marks.start) marks.end = performance.now();
      };
      addEventListener('DOMContentLoaded', () => {
        document.body.getBoundingClientRect();
        requestAnimationFrame(() =>
          setTimeout(() => {
            marks.painted = performance.now();
          }),
        );
      });
    },
    [KEY, text] as const,
  );
  const page = await context.newPage();
  await page.goto(`http://localhost:${PORT}/${path}`);
  await page.waitForFunction(() => Reflect.get(window, 'marks').painted > 0);
  const { start, end, painted } = await page.evaluate(() => Reflect.get(window, 'marks'));
  await context.close();
  return { works: end - start, painted: painted - start };
}

const server = spawn(process.execPath, ['scripts/serve.ts', 'dist', String(PORT), '/'], {
  cwd: root,
  stdio: 'ignore',
});
try {
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores, ${questions.length} questions`);
  for (const count of [0, 5_000, 50_000]) {
    const text = documentOf(count);
    console.log(`${count} attempts: ${(text.length / 1000).toFixed(0)} kB saved`);
  }
  while (!(await fetch(`http://localhost:${PORT}/`).catch(() => undefined))?.ok)
    await new Promise((resolve) => setTimeout(resolve, 200));
  const executablePath = findBrowser();
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  for (const path of PAGES.filter((page) => existsSync(join(root, 'dist', page)))) {
    for (const count of [0, 5_000]) {
      const text = documentOf(count);
      const runs = [];
      for (let n = 0; n < ROUNDS; n += 1) runs.push(await time(browser, path, text));
      const works = median(runs.map((run) => run.works)).toFixed(0);
      const painted = median(runs.map((run) => run.painted)).toFixed(0);
      console.log(
        `/${path}, ${count} attempts: works after ${works} ms, painted after ${painted} ms`,
      );
    }
  }
  await browser.close();
} finally {
  server.kill();
}
