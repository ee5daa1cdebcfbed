// Which tests `npm run test:quick` runs: a rule and no list, so that nobody has to keep it up.
const ORDINARY = 30_000; // ms, as in playwright.config.ts

/** A file or a group of tests, as Playwright's JSON reporter tells it. */
export interface Suite {
  title: string;
  suites?: Suite[];
  specs?: { title: string; tests: { timeout: number }[] }[];
}

/**
 * Of a file, and of each group in it, the first test that keeps to the ordinary time limit; as Playwright's
 * `--test-list` wants them, "file › group › title".
 */
export function firstTests(
  { title, suites = [], specs = [] }: Suite,
  outer: string[] = [],
): string[] {
  const path = [...outer, title];
  const first = specs.find(({ tests }) => tests.every(({ timeout }) => timeout === ORDINARY));
  const own = first ? [[...path, first.title].join(' › ')] : [];
  return [...own, ...suites.flatMap((suite) => firstTests(suite, path))];
}
