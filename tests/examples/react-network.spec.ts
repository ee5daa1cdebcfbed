// What react-hook's status says while there is no network, or none that answers.
import type { Page } from '@playwright/test';
import { openWebSocket } from '../support/raw.ts';
import { failures, networkOf, press, signIn, statusOf } from '../support/react-page.ts';
import { expect, test } from '../support/test.ts';

const engine = '**/socket.io/**';

/** No request of the engine arrives any more, as behind a tunnel that is shut. */
async function shut(page: Page): Promise<void> {
  await page.route(engine, (route) => route.abort());
  await press(page, 'Break the line');
}

test('a token that expired while the line was broken is refused at the return', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook', { env: { TOKEN_TTL: '3' } });
  await networkOf(page);
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await shut(page);
  await expect(statusOf(page)).toContainText('reconnecting');
  await openWebSocket(example.origin).then(async (raw) => {
    const token = example.sign({ exp: Math.floor(Date.now() / 1000) + 3 });
    await raw.connect({ token });
    await raw.next('42["ended"', 5_000); // by now the page's token has expired too
  });
  await page.unroute(engine);
  await expect(statusOf(page)).toContainText('refused: TOKEN_EXPIRED.', { timeout: 15_000 });
});

test('without a network the status says offline, and connected when it is back', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...failures);
  const example = await startExample('react-hook');
  const network = await networkOf(page);
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await shut(page);
  await expect(statusOf(page)).toContainText('reconnecting');
  await network.set(false);
  await expect(statusOf(page)).toContainText('offline');
  await network.set(true);
  await expect(statusOf(page)).toContainText('reconnecting');
  await page.unroute(engine);
  await expect(statusOf(page)).toContainText('connected', { timeout: 15_000 });
});

test('a line that dies without a word counts as connected until a ping is missed', async ({
  page,
  startExample,
}) => {
  const often = 'connectTimeout: 10_000, pingInterval: 500, pingTimeout: 1_500,';
  const variant = [['connectTimeout: 10_000,', often]] as const;
  const example = await startExample('react-hook', { variant });
  await networkOf(page);
  let dead = false;
  let forwarded = 0;
  await page.routeWebSocket(/socket\.io/, (line) => {
    const server = line.connectToServer();
    line.onMessage((message) => void (dead || server.send(message)));
    server.onMessage((message) => {
      if (dead) return;
      forwarded += 1;
      line.send(message);
    });
  });
  await page.goto(example.origin);
  await signIn(page);
  await expect.poll(() => forwarded).toBeGreaterThan(1); // the upgrade is done, and a ping came
  dead = true;
  await expect(statusOf(page)).toContainText('connected');
  await expect(statusOf(page)).toContainText('reconnecting');
});
