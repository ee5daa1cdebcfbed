// jwks's page in a real browser.
import type { Page } from '@playwright/test';
import { ISSUER_KEY } from '../support/issuer.ts';
import { expect, test } from '../support/test.ts';

// After a refusal the server closes, and the polling client says goodbye to a session that is gone.
const goodbye = [/400: .*\/socket\.io\//, /status of 400/];
const env = { ISSUER_KEY };

const logOf = (page: Page) => page.getByRole('log', { name: 'What happened' });

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(logOf(page)).toContainText(`signed in as ${name}; the token names the key`);
}

test('every button of the page with an issuer does what it says', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye, /503/, /401/);
  const { origin } = await startExample('jwks', { env });
  await page.goto(origin);
  const log = logOf(page);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const status = page.getByRole('status');
  const refused = (code: string) => log.getByText(`refused: ${code}`);

  await press('No token');
  await expect(refused('TOKEN_MISSING')).toHaveCount(1);
  await signIn(page, 'root');
  await press('My token');
  await expect(status).toHaveText('Signed in as root, connected.');
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u3","name":"root","role":"admin"}');

  await press('A made-up kid');
  await expect(refused('AUTH_UNAVAILABLE')).toHaveCount(1);
  const bad = ['A tampered token', 'My ID token', 'A token for another service'];
  for (const [index, name] of [...bad, 'A token of another app'].entries()) {
    await press(name);
    await expect(refused('TOKEN_INVALID'), name).toHaveCount(index + 1);
  }

  await press('Rotate the key');
  await expect(log).toContainText('the issuer signs with a new key from now on');
  await press('My token');
  await expect(status).toHaveText('Signed in as root, connected.');
  await press('Take it down');
  await expect(log).toContainText('the issuer is down: no keys, no login');
  await press('Sign in');
  await expect(log).toContainText('login 503: The sign-in check is out of order.');
  await press('Bring it back');
  await expect(log).toContainText('the issuer is back');
  await press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(status).toHaveText('Signed out, not connected.');

  await press('A token that expires');
  await expect(log).toContainText('TOKEN_TTL=10 npm run example jwks');
  await press('Withdraw the old keys');
  await expect(log).toContainText('the issuer has withdrawn all keys but a new one');
  await press('Rotate the key'); // the console knows at once that the token's key is gone
  await expect(log).toContainText('the issuer refused: TOKEN_INVALID');
});

test('a member cannot rotate the keys of the issuer from the page', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(/403/);
  const { origin } = await startExample('jwks', { env });
  await page.goto(origin);
  await signIn(page, 'ann');
  await page.getByRole('button', { name: 'Rotate the key' }).click();
  await expect(logOf(page)).toContainText('the issuer refused: FORBIDDEN');
});

test('the page of an issuer counts down to exp, and the socket ends there', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('jwks', { env: { ...env, TOKEN_TTL: '3' } });
  await page.goto(origin);
  await page.getByRole('button', { name: 'A token that expires' }).click();
  await expect(page.getByRole('status')).toHaveText(/The token expires in \d s\./);
  await expect(logOf(page)).toContainText('ended: TOKEN_EXPIRED');
});
