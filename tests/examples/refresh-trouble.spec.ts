// What refresh-rotation's page does when things go wrong: a burned login, an outage, a node whose clock is ahead.
import { setTimeout as wait } from 'node:timers/promises';
import type { Variant } from '../support/example.ts';
import { refresh } from '../support/refresh.ts';
import {
  asked,
  countRefreshes,
  enter,
  inTokens,
  logOf,
  noRenewal,
  press,
  signIn,
} from '../support/refresh-page.ts';
import { expect, test } from '../support/test.ts';

const NAME = 'refresh-rotation';
const goodbye = [/400: .*\/socket\.io\//, /status of 400/];

test.beforeEach(({ expected }) => void expected.push(...asked));

test('when the login burns the page says so, and shows the login form', async ({
  page,
  startExample,
}) => {
  const variant = [['const GRACE = 5_000', 'const GRACE = 0', 'families.ts']] as const;
  const { origin } = await startExample(NAME, { variant });
  await enter(page, origin);
  const [stolen] = await page.context().cookies(`${origin}/refresh`);
  await press(page, 'Refresh');
  await expect(logOf(page)).toContainText('a new access token');
  await refresh(origin, `refresh=${stolen?.value}`);
  await expect(logOf(page)).toContainText('signed out: REFRESH_REUSED.');
  await expect(page.getByRole('status')).toHaveText('Signed out, not connected.');
});

test('a page that was told to come again does so past the grace: a thief who was first is found out', async ({
  page,
  startExample,
}) => {
  const variant = [['const GRACE = 5_000', 'const GRACE = 400', 'families.ts']] as const;
  const example = await startExample(NAME, { variant });
  await enter(page, example.origin);
  const [stolen] = await page.context().cookies(`${example.origin}/refresh`);
  expect((await refresh(example.origin, `refresh=${stolen?.value}`)).status).toBe(200);
  await press(page, 'Refresh');
  await expect(logOf(page)).toContainText('signed out: REFRESH_REUSED.', { timeout: 8_000 });
  const codes = example.log.flatMap(({ event, code }) => (event === 'refused' ? code : []));
  expect(codes.filter((code) => code !== 'TOKEN_MISSING')).toEqual([
    'REFRESH_RACED',
    'REFRESH_REUSED',
  ]);
});

test('an outage makes the page wait longer and longer, then show the login form', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const example = await startExample(NAME);
  await page.clock.install();
  await signIn(page, example.origin);
  await example.steer({ do: 'down', on: true });
  const started = await page.evaluate(() => Date.now());
  await press(page, 'A token of the moment');
  const log = logOf(page);
  await expect(async () => {
    await page.clock.runFor(2_000);
    await expect(log).toContainText('signed out: AUTH_UNAVAILABLE', { timeout: 1 });
  }).toPass({ intervals: [50], timeout: 25_000 });
  await expect(log.getByText('refused: AUTH_UNAVAILABLE')).toHaveCount(9);
  const waited = (await page.evaluate(() => Date.now())) - started;
  expect(waited).toBeGreaterThan(60_000);
  await expect(page.getByRole('status')).toHaveText('Signed out, not connected.');
});

test('a logout that the server could not do is told, and the page stays signed in', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(/503/, /401: .*\/logout/);
  const env = { TOKEN_TTL: '1' };
  const example = await startExample(NAME, { env, variant: noRenewal });
  await signIn(page, example.origin);
  await example.steer({ do: 'down', on: true }); // so that no new token is to be had
  const [log, status] = [logOf(page), page.getByRole('status')];
  await wait(1_000); // the life of its token
  await press(page, 'Sign out');
  await expect(log).toContainText('not signed out');
  await expect(status).toHaveText('Signed in as ann, not connected.');
  await example.steer({ do: 'down', on: false });
  await press(page, 'Sign out');
  await expect(status).toHaveText('Signed out, not connected.');
});

/** A node whose clock is ahead: it finds every token expired at CONNECT. */
const clockAhead: Variant = [['if (exp * 1000 <= Date.now())', 'if (exp > 0)']];

test('a server that finds every token expired is asked nine times in some minutes, and then left alone', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const example = await startExample(NAME, { variant: clockAhead });
  await page.clock.install();
  await signIn(page, example.origin);
  const counts = countRefreshes(page);
  const started = await page.evaluate(() => Date.now());
  await press(page, 'A token of the moment');
  const log = logOf(page);
  await expect(async () => {
    await page.clock.runFor(2_000);
    await expect(log).toContainText('signed out: TOKEN_EXPIRED', { timeout: 1 });
  }).toPass({ intervals: [50], timeout: 25_000 });
  await expect(log.getByText('refused: TOKEN_EXPIRED')).toHaveCount(9);
  expect(counts[200]).toBe(8);
  expect((await page.evaluate(() => Date.now())) - started).toBeGreaterThan(60_000);
});

test('a page that refreshes after every TOKEN_EXPIRED, without a wait or an end, is a loop', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye, /429/);
  const variant = [
    ...clockAhead,
    ...inTokens('if (!expired || tries > 1) await wait(backOff(tries));', 'tries = 0;'),
  ];
  const example = await startExample(NAME, { variant });
  await signIn(page, example.origin);
  const counts = countRefreshes(page);
  await press(page, 'A token of the moment');
  await expect.poll(() => counts[200] ?? 0, { timeout: 8_000 }).toBeGreaterThan(20);
});

test('when another tab signs in as somebody else, this one does not go on as that user', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '2' }, variant: noRenewal });
  await enter(page, origin);
  const other = await page.context().newPage();
  await other.goto(origin);
  await expect(logOf(other)).toContainText('signed in as ann, by the cookie');
  await other.getByLabel('Name').fill('bob');
  await press(other, 'Sign in');
  await expect(logOf(other)).toContainText('signed in as bob');
  await expect(logOf(page)).toContainText('signed out: USER_CHANGED.', { timeout: 5_000 });
  await expect(page.getByRole('status')).toHaveText('Signed out, not connected.');
});
