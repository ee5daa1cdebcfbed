// recovery's page in a real browser, with the official client.
import { goodbye, lab } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test('the page comes back by itself with what was said meanwhile', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('recovery');
  await page.goto(origin);
  const { log, state, press, signIn, say } = lab(page);
  await expect(state).toHaveText('Signed out, not connected.');
  await signIn();
  await press('My token');
  await expect(state).toHaveText('Signed in as ann, connected.');
  await say('ann', 'hello');
  await press('Come back');
  await expect(log).toContainText('disconnected: forced close');
  await expect(log).toContainText('and this page has heard none of them');
  await expect(log).toContainText('back, recovered, as the same socket');
  await expect(log).toContainText('root: the third');
  const lines = await log.locator('p').allTextContents();
  expect(lines.slice(-4)).toEqual([
    expect.stringContaining('back, recovered'),
    'root: the first',
    'root: the second',
    'root: the third',
  ]);
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
});

test('who comes back after a logout, without a token or with another one is refused, and hears nothing', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await startExample('recovery');
  await page.goto(origin);
  const { log, state, press, signIn } = lab(page);
  for (const [name, code] of [
    ['Sign out, come back', 'TOKEN_INVALID'],
    ['Come back without a token', 'TOKEN_MISSING'],
    ["Come back with bob's token", 'FORBIDDEN'],
  ] as const) {
    await signIn();
    await press('My token');
    await expect(state).toHaveText('Signed in as ann, connected.');
    await press(name);
    await expect(log).toContainText(`refused: ${code}`);
  }
  await expect(log).not.toContainText('for those who are in');
});
