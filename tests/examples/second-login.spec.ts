// Somebody else signs in on the same page. The socket of before would go on as the user of before.
import { lab, nobody } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

const connect = {
  jwks: 'My token',
  recovery: 'My token',
  'refresh-rotation': 'A token for good', // the other socket is kept by the login, and leaves with it
  rooms: 'My token',
};

for (const [name, button] of Object.entries(connect)) {
  test(`on the page of ${name} a login ends the socket of the login before`, async ({
    page,
    shareExample,
    expected,
  }) => {
    expected.push(...nobody);
    const { origin } = await shareExample(name);
    await page.goto(origin);
    const { log, press, signIn, state } = lab(page);
    await signIn('ann');
    await press(button);
    await expect(state).toHaveText('Signed in as ann, connected.');
    await signIn('bob');
    await expect(state).toHaveText('Signed in as bob, not connected.');
    await expect(log).toContainText('disconnected: io client disconnect');
    await press(button);
    await expect(state).toHaveText('Signed in as bob, connected.');
  });
}
