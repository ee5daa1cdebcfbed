// The progress page: what it says of a reader, empty and full, in every theme; and the cards for Anki.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { quizSchema } from '../../site/quiz/schema.ts';
import { parseYaml } from '../../site/quiz/yaml.ts';
import { audit } from '../support/axe.ts';
import { plant } from '../support/plant.ts';
import { expect, test } from '../support/test.ts';

const KEY = 'handshake:progress';
const PROGRESS = './progress/';
const NOW = new Date('2026-11-20T12:00:00.000Z');
const DAY = 86_400;

/** The ids of a lesson's questions: those that it shows, and those of the bank. */
function questionsOf(lesson: string) {
  const file = `content/quizzes/${lesson}.yaml`;
  const parsed = parseYaml(file, readFileSync(file, 'utf8'));
  if (!('data' in parsed)) throw new Error(parsed.problems.join());
  const { questions } = quizSchema.parse(parsed.data);
  const idsOf = (elsewhere: boolean) =>
    questions
      .filter(({ bank, lab }) => (bank === true || lab !== undefined) === elsewhere)
      .map(({ id }) => id);
  return { shown: idsOf(false), bank: idsOf(true) };
}

/** An answer with these grades, the last one `days` ago. */
function answer(days: number, ...grades: number[]) {
  const last = Math.floor(NOW.getTime() / 1000) - days * DAY;
  return {
    ...{ chosen: [], right: grades.at(-1) !== 1, tries: grades.length, seed: 1 },
    rights: grades.filter((grade) => grade > 1).length,
    at: new Date(last * 1000).toISOString(),
    log: grades.map((grade, n) => [last - 60 * (grades.length - n - 1), grade]),
  };
}

async function open(page: Page, progress: object) {
  const text = JSON.stringify({
    version: 2,
    lessons: {},
    answers: {},
    interviews: [],
    ...progress,
  });
  await page.clock.setFixedTime(NOW);
  await plant(page, KEY, text);
  await page.goto(PROGRESS);
}

const interview = {
  ...{ at: '2026-11-18T10:00:00.000Z', level: 'mid', minutes: 20, seconds: 900, topics: ['start'] },
  results: [['open-feed-reader', 3]],
};

async function full(page: Page) {
  const { shown, bank } = questionsOf('start');
  const [a = '', b = '', c = ''] = shown;
  const [d = ''] = bank;
  const answers = {
    ...{ [a]: answer(0, 1, 3), [b]: answer(1, 3), [c]: answer(2, 1) },
    [d]: answer(9, 2),
  };
  await open(page, {
    answers,
    interviews: [interview, { ...interview, at: '2026-11-19T10:00:00.000Z' }],
  });
  return { shown, bank, wrong: c };
}

test('it counts lessons, questions, interviews and days, and tells a topic in words that a bar repeats, not under three answers', async ({
  page,
}) => {
  await full(page);
  const main = page.getByRole('main');
  await expect(main).toContainText(
    /0 of \d+ lessons done\. 3 of \d+ questions answered, 2 right\./,
  );
  await expect(main).toContainText(/Beside the lessons: 1 of \d+ questions answered, 1 right\./);
  await expect(main).toContainText('2 mock interviews held, the last on Nov 19, 2026.');
  await expect(main).toContainText('You answered on 4 days, the last 3 of them in a row.');
  await expect(page.getByRole('row', { name: /The open door/ })).toContainText('3 of 7');

  const topic = page.getByRole('listitem').filter({ hasText: 'with doubt' });
  await expect(topic).toHaveCount(1);
  await expect(topic).toHaveText(/The open door\s*fair\s*2 right, 1 with doubt, 1 wrong/);
  const bar = topic.locator('[aria-hidden="true"]');
  const [outer, inner] = [await bar.boundingBox(), await bar.locator('span').boundingBox()];
  expect((inner?.width ?? 0) / (outer?.width ?? 1)).toBeCloseTo(2.5 / 4, 1);
  const other = page.getByRole('listitem').filter({ hasText: 'The auth field' });
  await expect(other.last()).toContainText('too few answers yet');

  // In forced colors the bar is drawn in the text's.
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const ink = await main.evaluate((text) => getComputedStyle(text).color);
  await expect(bar.locator('span')).toHaveCSS('background-color', ink);
});

test('it leads to the pages that the sidebar has, and to no other', async ({ page }) => {
  await page.goto(PROGRESS);
  for (const name of ['Review', 'Mock interview']) {
    const link = (role: 'main' | 'navigation', label?: string) =>
      page.getByRole(role, label ? { name: label } : {}).getByRole('link', { name, exact: true });
    const there = await link('navigation', 'Main').count();
    await expect(page.locator('progress-overview').getByRole('link', { name })).toHaveCount(there);
  }
});

test('an answer in another tab shows here at once', async ({ page, context }) => {
  const { shown } = await full(page);
  const other = await context.newPage();
  await other.goto('./favicon.svg');
  await other.evaluate(
    ([key, id, text]) => {
      const document = JSON.parse(localStorage.getItem(key) ?? '');
      document.answers[id] = JSON.parse(text);
      localStorage.setItem(key, JSON.stringify(document));
    },
    [KEY, shown[3] ?? '', JSON.stringify(answer(0, 3))] as const,
  );
  await expect(page.getByRole('main')).toContainText(/4 of \d+ questions answered, 3 right\./);
  await expect(page.getByText('3 right, 1 with doubt, 1 wrong')).toBeVisible();
});

for (const kind of ['empty', 'full'] as const) {
  test(`axe finds nothing on it ${kind}, light, dark and in forced colors, and no scroll at 360 px`, async ({
    page,
  }) => {
    if (kind === 'full') await full(page);
    else await open(page, {});
    for (const media of [
      { colorScheme: 'light', forcedColors: 'none', ground: 'rgb(251, 250, 246)' },
      { colorScheme: 'dark', forcedColors: 'none', ground: 'rgb(19, 22, 28)' },
      { colorScheme: 'dark', forcedColors: 'active', ground: 'rgb(0, 0, 0)' },
    ] as const) {
      const { ground, ...look } = media;
      await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
      await expect(page.locator('body')).toHaveCSS('background-color', ground);
      const only = look.colorScheme === 'dark' ? { only: ['color-contrast'] } : {}; // the rest is the same
      expect(await audit(page, only), JSON.stringify(look)).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
}

test('the questions go out as cards for Anki, all or those answered wrong, by keyboard', async ({
  page,
}) => {
  const { wrong } = await full(page);
  const button = page.getByRole('button', { name: 'Export for Anki' });
  const exported = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.keyboard.press('Enter'),
    ]);
    expect(download.suggestedFilename()).toMatch(/^handshake-anki-2026-11-20.*\.csv$/);
    return readFile(await download.path(), 'utf8');
  };
  await button.focus();
  const all = await exported();
  const cards: { id: string; front: string }[] = await (
    await page.request.get('./cards.json')
  ).json();
  const head = '#separator:comma\n#html:false\n#columns:Front,Back,Tags\n#tags column:3\n"';
  expect(all.startsWith(head)).toBe(true);
  expect(all.match(/"handshake [a-z0-9 -]+"\n/g)).toHaveLength(cards.length);
  await expect(page.getByText(`${cards.length} cards written.`)).toBeVisible();

  await page.getByRole('radio', { name: /^All/ }).focus();
  await page.keyboard.press('ArrowDown');
  await button.focus();
  const some = await exported();
  await expect(page.getByText('1 card written.')).toBeVisible();
  const front = cards.find(({ id }) => id === wrong)?.front ?? 'none';
  expect(some.startsWith(`${head}${front.slice(0, 20)}`)).toBe(true);
});

test.describe('without a network', () => {
  test.use({ expected: [/ERR_FAILED/] });

  test('the cards do not load, the page says so, and the next try works; where no answer is wrong there is no file', async ({
    page,
  }) => {
    await open(page, {});
    await page.route('**/cards.json', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Export for Anki' }).click();
    await expect(page.getByText('The questions did not load. Try again.')).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export for Anki' }).click();
    await download;
    await page.getByRole('radio', { name: /wrong/ }).check();
    await page.getByRole('button', { name: 'Export for Anki' }).click();
    await expect(page.getByText('there is nothing to export')).toBeVisible();
  });
});
