// What react-hook's status says, through all that can happen to a connection.
import { failures, logOf, networkOf, press, signIn, statusOf } from '../support/react-page.ts';
import { expect, test } from '../support/test.ts';
import { pageVariant } from '../support/vary-page.ts';

const naive = pageVariant([], 'tests/examples/react/naive.ts');

test('the status says reconnecting while the server is away, and connected when it is back', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const first = await startExample('react-hook');
  await networkOf(page);
  await page.goto(first.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await first.stop('SIGTERM');
  await expect(statusOf(page)).toContainText('reconnecting');
  await startExample('react-hook', { args: ['--port', new URL(first.origin).port] });
  await expect(statusOf(page)).toContainText('connected', { timeout: 15_000 });
});

test('a status that hears connect alone says connected while the server is away', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook', { variant: naive });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  const failed = page.waitForEvent(
    'requestfailed',
    (request) => request.url().includes('sid=') === false,
  );
  await example.stop('SIGTERM');
  await failed; // it has tried again by now, in vain
  await expect(statusOf(page)).toContainText('connected');
});

test('a refusal is a status with its code, and nothing tries again', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook');
  await page.goto(example.origin);
  await page.clock.install();
  await press(page, 'Garbage as token');
  await expect(statusOf(page)).toContainText('refused: TOKEN_INVALID.');
  await page.clock.runFor(60_000);
  expect(example.log.filter(({ event }) => event === 'refused')).toHaveLength(1);
  await expect(statusOf(page)).toContainText('refused: TOKEN_INVALID.');
});

test('a status that hears connect alone says connecting after a refusal', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook', { variant: naive });
  await page.goto(example.origin);
  const refusal = page.waitForResponse(
    async (response) =>
      response.url().includes('/socket.io/') && (await response.text()).startsWith('44'),
  );
  await press(page, 'Garbage as token');
  await refusal;
  await page.evaluate(() => new Promise(requestAnimationFrame)); // what React has to draw is drawn
  await expect(statusOf(page)).toContainText('connecting');
});

test('an outage is a refusal that tries again by itself, until the store is back', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook');
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await example.steer({ do: 'down', on: true });
  await press(page, 'Break the line');
  await expect(statusOf(page)).toContainText('refused: AUTH_UNAVAILABLE.');
  await example.steer({ do: 'down', on: false });
  await expect(statusOf(page)).toContainText('connected', { timeout: 15_000 });
});

test('a socket that the server ends says why, and does not come back by itself', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook');
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await page.clock.install();
  await example.steer({ do: 'disable', id: 'u1' });
  await expect(statusOf(page)).toContainText('ended: USER_UNKNOWN.');
  await page.clock.runFor(60_000);
  await expect(statusOf(page)).toContainText('ended: USER_UNKNOWN.');
  expect(example.log).toMatchObject([{ event: 'ended' }]); // and no refusal: nobody has asked again
  await press(page, 'Connect again');
  await expect(statusOf(page)).toContainText('refused: USER_UNKNOWN.');
});

test('a token that expires ends the connection, with its code', async ({ page, startExample }) => {
  const example = await startExample('react-hook', { env: { TOKEN_TTL: '3' } });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await expect(statusOf(page)).toContainText('ended: TOKEN_EXPIRED.');
});

test('a status is of this login: with another token it never shows the last one', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook');
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await page.evaluate(() => {
    const seen: string[] = [];
    const status = document.querySelector('[role=status]');
    const note = () => seen.push(status?.firstChild?.textContent ?? '');
    if (status) new MutationObserver(note).observe(status, { subtree: true, characterData: true });
    Object.assign(window, { seen });
  });
  await signIn(page, 'bob');
  await expect(logOf(page)).toContainText('signed in as bob');
  await expect(statusOf(page)).toContainText('connected');
  expect(await page.evaluate('seen')).toEqual(['connecting', 'connected']);
});
