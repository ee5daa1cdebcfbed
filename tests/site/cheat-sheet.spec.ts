// The cheat sheet: one sheet of paper, and nothing on it that the examples say otherwise.
import { readFileSync } from 'node:fs';
import { expect, test } from '../support/test.ts';

const sheet = readFileSync('content/docs/cheat-sheet.mdx', 'utf8');
const source = (name: string) => readFileSync(`examples/${name}`, 'utf8');

test.describe('on paper', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium prints to a file');
  for (const format of ['A4', 'Letter'] as const) {
    test(`the cheat sheet fills one sheet of ${format}, and no more`, async ({ page }) => {
      await page.goto('./cheat-sheet/');
      const pdf = await page.pdf({ format });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      await page.evaluate(() => {
        const last = document.querySelector('.sheet > :last-child');
        for (let n = 0; n < 3; n += 1) last?.after(last.cloneNode(true));
      });
      const long = await page.pdf({ format });
      expect(long.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
    });
  }
});

test('the cheat sheet has every code of a refusal', () => {
  const codes = [...source('lib/refusal.ts').matchAll(/^ {2}([A-Z_]+): '/gm)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !sheet.includes(`\`${code}\``))).toEqual([]);
});

test('the numbers of the cheat sheet are those of the examples', () => {
  const server = source('auth-field/server.ts');
  for (const [said, line] of [
    ['10 s, 20 kB', 'connectTimeout: 10_000,\n  maxHttpBufferSize: 20_000,'],
    ['5 pending, 50 in all', 'door.pending.size === 5'],
    ['5 pending, 50 in all', '++connects > 50)'],
    ['20 in 10 s; past 500', 'points: 20, duration: 10 }'],
    ['20 in 10 s; past 500', 'error.consumedPoints > 500'],
    ['15 minutes;', "'TOKEN_TTL', 15 * 60)"],
    ['each 250 ms; each 30 s', '}, 250).unref();'],
    ['each 250 ms; each 30 s', "'RECHECK_SECONDS', 30)"],
  ] as const) {
    expect(sheet).toContain(said);
    expect(server).toContain(line);
  }
  expect(source('query-ticket/server.ts')).toContain("'TICKET_TTL', 30)");
  expect(source('lib/secret.ts')).toContain('bytes.length < 32');
});

test('every rule and every row of the cheat sheet names its lesson', () => {
  const lines = sheet.split('\n').filter((line) => /^(?:\d+\.|\|) /.test(line));
  const without = lines.filter((line) => !line.includes('<Lesson ') && !/^\| (?:---| )/.test(line));
  const heads =
    /^\| (?:question|place|code|what|travels|who reads|a foreign|at |on a second|take it)/;
  expect(without.filter((line) => !heads.test(line))).toEqual([]);
  expect(lines.length).toBeGreaterThan(40);
});
