// The page of multi-node: its buttons do what they say.
import { goodbye, lab, nobody } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test('on the page of multi-node a second connection goes to the other node, and a logout ends both', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...nobody, ...goodbye);
  await page.goto((await startExample('multi-node')).origin);
  const { log, state, press, signIn, say } = lab(page);
  await signIn('ann');
  await expect(log).toContainText('this connection is with node');
  await press('A second connection');
  await expect(log).toContainText('second connection: with node');
  const text = (await log.textContent()) ?? '';
  const nodes = [/this connection is with node (\d)/, /second connection: with node (\d)/];
  expect(nodes.map((pattern) => pattern.exec(text)?.[1]).sort()).toEqual(['1', '2']);
  await expect(page.getByRole('list', { name: 'Who is online' })).toHaveText(
    'ann, on node 1 and 2',
  );
  await say('ann', 'hello');
  await press('Sign out');
  await expect(log).toContainText('second connection: ended, SESSION_EXPIRED');
  await expect(log).toContainText('ended: SESSION_EXPIRED');
  await expect(state).toHaveText('Signed out, not connected.');
});

test('on the page of multi-node nobody gets in without a session, or with a made-up cookie', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...nobody, ...goodbye);
  await page.goto((await startExample('multi-node')).origin);
  const { log, press, state } = lab(page);
  await press('No cookie');
  await expect(log).toContainText('refused: SESSION_MISSING');
  await press('Garbage');
  await expect(log.getByText('refused: SESSION_MISSING')).toHaveCount(2);
  await expect(state).toHaveText('Signed out, not connected.');
});
