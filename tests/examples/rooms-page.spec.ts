// rooms' page in a real browser.
import { goodbye, lab } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';

test('every button of the rooms page does what it says', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const { origin } = await startExample('rooms', {
    variant: [['points: 20, duration: 10', 'points: 20, duration: 1', 'handle.ts']],
  });
  await page.goto(origin);
  const { log, state, press, signIn } = lab(page);
  const room = page.getByRole('combobox', { name: /^Room/ });
  const text = page.getByLabel('Message');

  await press('No token');
  await expect(log).toContainText('refused: TOKEN_MISSING');
  await press('Garbage');
  await expect(log).toContainText('refused: TOKEN_INVALID');
  await signIn();
  await press('My token, at /admin');
  await expect(log.getByText('refused: FORBIDDEN')).toHaveCount(1);
  await press('My token, at /team-blue');
  await expect(log.getByText('refused: FORBIDDEN')).toHaveCount(2);
  await press('My token, at /team-red');
  await expect(log.getByText('connected as socket')).toHaveCount(1);
  await press('My token');
  await expect(log.getByText('connected as socket')).toHaveCount(2);
  await expect(state).toHaveText('Signed in as ann, connected.');
  await expect(page.getByRole('list', { name: 'Who is online' })).toHaveText('ann');

  await text.fill('<b>hello</b>');
  await press('Say it');
  await expect(log).toContainText('lobby | ann: <b>hello</b>');
  await room.selectOption('board');
  await press('Join');
  await expect(log).toContainText('join: FORBIDDEN');
  await room.selectOption('kitchen');
  await press('Join');
  await expect(log).toContainText('join: {"ok":true}');
  await press('Leave');
  await expect(log).toContainText('leave: {"ok":true}');
  await press('Who am I?');
  await expect(log).toContainText('whoami: {"id":"u1","name":"ann","role":"member"}');
  await press('Say it as root');
  await expect(log).toContainText('lobby | ann: you are all dismissed');
  await press('Send null for a message');
  await expect(log).toContainText('say: BAD_PAYLOAD');
  await page.getByRole('combobox', { name: /^Whom/ }).selectOption('root');
  await page.getByLabel('Note').fill('lunch?');
  await press('Notify');
  await expect(log).toContainText('notify: {"seen":false}');
  await press('25 events at once');
  await expect(log).toContainText(/25 events: \d+ answered, \d+ RATE_LIMITED/);
  await press('Sign out');
  await expect(log).toContainText('ended: TOKEN_INVALID');
  await expect(state).toHaveText('Signed out, not connected.');
});

test('three pages: Bob is notified, and root puts him out of the kitchen while he is in it', async ({
  page,
  openPage,
  watch,
  startExample,
}) => {
  const { origin } = await startExample('rooms');
  const [bobs, roots] = [await openPage(), await openPage()];
  for (const [each, name, button] of [
    [page, 'ann', 'My token'],
    [bobs, 'bob', 'My token'],
    [roots, 'root', 'My token, at /admin'],
  ] as const) {
    watch(each);
    await each.goto(origin);
    await lab(each).signIn(name);
    await lab(each).press(button);
    await expect(lab(each).log).toContainText('connected as socket');
  }
  await expect(page.getByRole('list', { name: 'Who is online' })).toHaveText('annbobroot');

  await page.getByLabel('Note').fill('lunch?');
  await lab(page).press('Notify');
  await expect(lab(bobs).log).toContainText('ann notifies you: lunch?');
  await expect(lab(page).log).toContainText('notify: {"seen":true}');

  await bobs.getByRole('combobox', { name: /^Room/ }).selectOption('kitchen');
  await lab(bobs).press('Join');
  await expect(lab(bobs).log).toContainText('join: {"ok":true}');
  await lab(roots).press('Expel');
  await expect(lab(bobs).log).toContainText('put out of kitchen: FORBIDDEN');
  await lab(bobs).press('Join');
  await expect(lab(bobs).log).toContainText('join: FORBIDDEN');
  await lab(roots).press('Admit');
  await expect(lab(roots).log).toContainText('admit: {"ok":true}');
  await lab(bobs).press('Join');
  await expect(lab(bobs).log.getByText('join: {"ok":true}')).toHaveCount(2);
});
