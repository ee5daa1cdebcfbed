// Two tabs, a reload in the middle, and a clock that is wrong: an honest reader stays signed in.
import type { Page } from '@playwright/test';
import type { Example, Variant } from '../support/example.ts';
import {
  asked,
  countRefreshes,
  enter,
  inTokens,
  logOf,
  press,
  signIn,
} from '../support/refresh-page.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server

const NAME = 'refresh-rotation';
const noLocks = inTokens(
  "self.origin === 'null' ? undefined : navigator.locks",
  'undefined as LockManager | undefined',
);
const noGrace: Variant = [['const GRACE = 5_000', 'const GRACE = 0', 'families.ts']];

test.beforeEach(({ expected }) => void expected.push(...asked));

/** Two tabs of one browser, signed in, press Refresh at the same moment, while a lookup takes 300 ms. */
async function refreshInTwoTabs(example: Example, page: Page): Promise<Page[]> {
  await signIn(page, example.origin);
  const other = await page.context().newPage();
  await other.goto(example.origin);
  await expect(logOf(other)).toContainText('signed in as ann, by the cookie');
  await example.steer({ do: 'slow', ms: 300 });
  await Promise.all([press(page, 'Refresh'), press(other, 'Refresh')]);
  return [page, other];
}

test('two tabs that refresh at the same moment do so one after the other, and both stay signed in', async ({
  page,
  startExample,
}) => {
  const example = await startExample(NAME, { variant: noGrace }); // the lock alone has to do
  const counts = countRefreshes(page);
  const tabs = await refreshInTwoTabs(example, page);
  for (const tab of tabs) {
    await expect(logOf(tab)).toContainText('a new access token', { timeout: 5_000 });
    await press(tab, 'Refresh');
    await expect(logOf(tab).getByText('a new access token')).toHaveCount(2);
  }
  expect(Object.keys(counts)).not.toContain('409');
});

test('two tabs without a lock: one of them is told to come again, and both stay signed in', async ({
  page,
  startExample,
}) => {
  const example = await startExample(NAME, { variant: noLocks });
  const raced = page.context().waitForEvent('response', (answer) => answer.status() === 409);
  const tabs = await refreshInTwoTabs(example, page);
  await raced;
  for (const tab of tabs) {
    await expect(logOf(tab)).toContainText('a new access token', { timeout: 5_000 });
  }
});

test('two tabs without a lock, and a server without a grace: the reader is signed out', async ({
  page,
  startExample,
}) => {
  const example = await startExample(NAME, { variant: [...noLocks, ...noGrace] });
  const [first] = await refreshInTwoTabs(example, page);
  const told = page
    .context()
    .pages()
    .map((tab) => logOf(tab).getByText('REFRESH_REUSED'));
  await expect
    .poll(async () => (await Promise.all(told.map((each) => each.count()))).join())
    .toMatch(/1/);
  await first?.reload();
  await expect(page.getByRole('status')).toHaveText('Signed out, not connected.');
});

/** Reloads while a refresh is under way; gives the state of the page when it has got its answer. */
async function reloadInTheMiddle(example: Example, page: Page): Promise<void> {
  await signIn(page, example.origin);
  await example.steer({ do: 'slow', ms: 500 });
  const lookedUp = example.lookup('u1');
  await press(page, 'Refresh');
  await lookedUp; // the server is at it
  await page.reload();
}

test('a reload in the middle of a refresh costs no login', async ({ page, startExample }) => {
  const example = await startExample(NAME);
  await reloadInTheMiddle(example, page);
  await expect(logOf(page)).toContainText('signed in as ann, by the cookie', { timeout: 8_000 });
});

test('without keepalive a reload in the middle of a refresh signs an honest user out', async ({
  page,
  startExample,
}) => {
  const variant: Variant = [
    ...inTokens(', keepalive: true };', ' };'),
    ['const GRACE = 5_000', 'const GRACE = 500', 'families.ts'], // not to wait for five seconds
  ];
  const example = await startExample(NAME, { variant });
  await reloadInTheMiddle(example, page);
  const codes = () => example.log.map(({ code }) => code);
  await expect.poll(codes, { timeout: 8_000 }).toContain('REFRESH_REUSED');
  await expect(page.getByRole('status')).toHaveText('Signed out, not connected.');
});

const HOURS = 3_600_000;

/** Signs in and connects in a browser whose clock is wrong by so much. */
async function withClock(page: Page, origin: string, hours: number): Promise<void> {
  await page.clock.install({ time: Date.now() + hours * HOURS });
  await enter(page, origin);
}

test('a browser clock that is 7 hours ahead changes nothing: tokens come in time, and no more often', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample(NAME, { env: { TOKEN_TTL: '3' } });
  const counts = countRefreshes(page);
  await withClock(page, origin, 7);
  await expect(logOf(page).getByText('new token for the open socket')).toHaveCount(2, {
    timeout: 8_000,
  });
  await expect(logOf(page)).not.toContainText('ended');
  expect(counts[200]).toBe(2);
});

test('a browser clock that is 7 hours behind changes nothing: tokens come in time', async ({
  page,
  shareExample,
}) => {
  const { origin } = await shareExample(NAME, { env: { TOKEN_TTL: '3' } });
  await withClock(page, origin, -7);
  await expect(logOf(page).getByText('new token for the open socket')).toHaveCount(2, {
    timeout: 8_000,
  });
  await expect(logOf(page)).not.toContainText('ended');
});

/** A client that holds `exp` against its own clock. */
const byExp = inTokens(
  'const soon = sure * (0.7 + Math.random() * 0.2);',
  "const soon = JSON.parse(atob(token.split('.')[1] ?? '')).exp * 1000 - Date.now() - 1000;",
);

test('a client that compares exp with its own clock, 7 hours ahead, refreshes without a pause', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(/429/);
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '3' }, variant: byExp });
  const counts = countRefreshes(page);
  await withClock(page, origin, 7);
  await expect.poll(() => counts[200] ?? 0, { timeout: 3_000 }).toBeGreaterThan(10);
});

test('a client that compares exp with its own clock, 7 hours behind, is cut at exp', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '3' }, variant: byExp });
  await withClock(page, origin, -7);
  await expect(logOf(page)).toContainText('ended: TOKEN_EXPIRED', { timeout: 5_000 });
});
