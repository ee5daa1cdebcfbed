// Each kind of question by keyboard, and as a screen reader is told of it, on the page of all questions.
import type { Locator, Page } from '@playwright/test';
import { shorten } from '../support/one-lesson.ts';
import { expect, test } from '../support/test.ts';

const KEY = 'handshake:progress';

test.beforeEach(async ({ page }) => shorten(page));

/** Opens one question by its address. */
async function open(page: Page, id: string, prompt: RegExp): Promise<Locator> {
  await page.goto(`./questions/#${id}`);
  // Within its item: names are looked up in one question, not in hundreds.
  const group = page.locator(`#${id}`).getByRole('group', { name: prompt });
  await expect(
    group.getByRole('button', { name: /^(Check|Show why|Show the model)/ }),
  ).toBeVisible();
  await expect(page.locator(`#${id} summary`).first()).toBeInViewport();
  return group;
}

const openOrder = (page: Page) => open(page, 'order-from-connect-to-ban', /Bob connects at nine/);
const openPredict = (page: Page) =>
  open(page, 'stranger-at-second-namespace', /sends 40\/admin, as its first packet/);
const openOpen = (page: Page) =>
  open(page, 'rest-habits-for-sockets', /You have secured REST APIs before/);

/** What is stored of one question. */
const answerOf = (page: Page, id: string) =>
  page.evaluate(([key, id]) => JSON.parse(localStorage.getItem(key) ?? '{}').answers?.[id], [
    KEY,
    id,
  ] as const);

const focused = (locator: Locator) => locator.evaluate((one) => one === document.activeElement);

async function tabTo(page: Page, target: Locator) {
  for (let tabs = 0; tabs < 40 && !(await focused(target)); tabs += 1)
    await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

/** Chooses a radio button by the arrow keys alone. */
async function arrowTo(page: Page, group: Locator, name: string) {
  const target = group.getByRole('radio', { name });
  await tabTo(page, group.getByRole('radio').first());
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 10 && !(await target.isChecked()); steps += 1)
    await page.keyboard.press('ArrowDown');
  await expect(target).toBeChecked();
}

const STEPS = [
  "Bob's client opens a connection",
  'CONNECT arrives, with the token in it',
  "io.use verifies the token's signature, audience and expiry",
  'The user named by the token is looked up',
  "Bob's socket joins the namespace",
  "An admin disables Bob's account",
  "The server disconnects Bob's sockets in every namespace",
];

test('a question of what happens is answered by keyboard, and names the test that shows it', async ({
  page,
}) => {
  const group = await openPredict(page);
  await expect(group).toHaveAccessibleName(/mid-level · say what happens/);
  await expect(group.getByRole('radio')).toHaveCount(4);
  await expect(group.getByText("io.of('/admin');")).toBeVisible();
  await arrowTo(page, group, 'and the client is in');
  await tabTo(page, group.getByRole('button', { name: 'Check' }));
  await page.keyboard.press('Enter');
  await expect(group.getByRole('status')).toHaveText('Right.');
  await expect(
    group.getByRole('link', {
      name: 'test io.use on the main namespace does not guard another one',
    }),
  ).toHaveCount(1);
});

test('steps are put in order by the buttons and by the arrow keys, each move is told, and focus stays', async ({
  page,
}) => {
  const group = await openOrder(page);
  const steps = group.getByRole('list').first().getByRole('listitem');
  await expect(steps).toHaveCount(STEPS.length);
  const places = async () =>
    (await steps.allInnerTexts()).map((text) => text.replace(/\s*[↑↓]\s*/g, ''));
  expect(await places()).not.toEqual(STEPS);
  for (const [place, step] of STEPS.entries()) {
    const button = group.getByRole('button', { name: `Move up: ${step}`, exact: true });
    // One by the button itself, the next by the arrow key on it.
    const key = place % 2 === 0 ? 'Enter' : 'ArrowUp';
    await button.focus();
    for (let at = (await places()).indexOf(step); at > place; at -= 1) {
      await page.keyboard.press(key);
      await expect(group.getByRole('status').filter({ hasText: 'now number' })).toHaveText(
        `${step}: now number ${at} of ${STEPS.length}.`,
      );
      await expect(button).toBeFocused();
    }
  }
  expect(await places()).toEqual(STEPS);
  await tabTo(page, group.getByRole('button', { name: 'Check' }));
  await page.keyboard.press('Enter');
  await expect(group.getByText('Right.', { exact: true })).toBeVisible();
  await expect(group.getByText('Number 7')).toBeVisible();
  await expect(group.getByText("It is the server's answer to it, so it comes last.")).toBeVisible();
});

test('a step in a wrong place is told where it belongs, Down moves it there, and the order given comes back', async ({
  page,
}) => {
  const group = await openOrder(page);
  const last = group.getByRole('button', { name: `Move down: ${STEPS[0]}`, exact: true });
  await last.focus();
  for (let moves = 0; moves < STEPS.length; moves += 1) await page.keyboard.press('ArrowDown');
  await group.getByRole('button', { name: 'Check' }).press('Enter');
  await expect(group.getByText('Belongs at number 1')).toBeVisible();
  await expect(group.getByText(/^Not right yet: \d of 7 stand in their place\.$/)).toBeVisible();
  await expect(group.getByRole('listitem').filter({ hasText: STEPS[0] ?? '' })).toContainText(
    'Belongs at number 1',
  );
  const { chosen } = await answerOf(page, 'order-from-connect-to-ban');
  expect(chosen).toHaveLength(STEPS.length);
  const steps = group.getByRole('list').first().getByRole('listitem').locator('.step-text');
  const order = await steps.allInnerTexts();
  await page.reload();
  await expect(group.getByText(/Saved on/)).toBeVisible();
  expect(await steps.allInnerTexts()).toEqual(order);
});

test('an open question shows its model answer, its rubric is ticked, and interviewers ask on', async ({
  page,
}) => {
  const group = await openOpen(page);
  const model = page.getByRole('region', { name: 'The model answer' });
  await expect(model).toBeHidden();
  await tabTo(page, group.getByRole('textbox', { name: /^Your answer/ }));
  await page.keyboard.type('At CONNECT');
  await tabTo(page, group.getByRole('button', { name: 'Show the model answer' }));
  await page.keyboard.press('Enter');
  await expect(model).toBeFocused();
  await expect(model.getByText('A REST request carries its credential each time')).toBeVisible();
  await expect(model.getByText('What an interviewer asks next')).toBeVisible();
  await expect(model.getByText('Would you look the user up at each event?')).toBeVisible();
  const rubric = model.getByRole('group', { name: 'Tick what yours had' });
  await expect(rubric.getByRole('checkbox')).toHaveCount(4);
  for (const name of [/^Says that a request/, /^Mentions that each further/]) {
    await tabTo(page, rubric.getByRole('checkbox', { name }));
    await page.keyboard.press('Space');
  }
  await tabTo(page, group.getByRole('button', { name: 'Save what I ticked' }));
  await page.keyboard.press('Enter');
  await expect(group.getByRole('status')).toHaveText('You covered 2 of 4.');
  // Half of it is right, and hard.
  expect(await answerOf(page, 'rest-habits-for-sockets')).toMatchObject({
    chosen: ['each-time-against-once', 'every-namespace'],
    right: true,
    log: [[expect.any(Number), 2]],
  });
  expect(JSON.stringify(await page.evaluate(() => ({ ...localStorage })))).not.toContain(
    'At CONNECT',
  );
});

test('hints come one after the other, and a right answer with one is a hard one', async ({
  page,
}) => {
  const group = await openOpen(page);
  const hints = ['Hint 1 of 2', 'Hint 2 of 2'].map((name) =>
    group.getByText(name, { exact: true }),
  );
  const [first, second] = hints;
  if (!first || !second) throw new Error('no hints');
  await expect(second).toBeHidden();
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(group.getByText('Think of when each of the two')).toBeVisible();
  await expect(group.getByText('Think of a user who connects')).toBeHidden();
  await tabTo(page, second);
  await page.keyboard.press('Enter');
  await expect(group.getByText('Think of a user who connects')).toBeVisible();

  const predict = await openPredict(page);
  await predict.getByText('Hint', { exact: true }).press('Enter');
  await predict.getByRole('radio', { name: 'and the client is in' }).check();
  await predict.getByRole('button', { name: 'Check' }).press('Enter');
  const { right, log } = await answerOf(page, 'stranger-at-second-namespace');
  expect([right, log[0][1]]).toEqual([true, 2]);
});

test('a right answer counts as 3 of a reader who was sure, and as 2 of one who was not', async ({
  page,
}) => {
  const group = await openPredict(page);
  const doubt = group.getByRole('checkbox', { name: 'I am not sure' });
  for (const [time, unsure, grade] of [
    [0, false, 3],
    [1, true, 2],
  ] as const) {
    await group.getByRole('radio', { name: 'and the client is in' }).check();
    if (unsure) await doubt.press('Space');
    await expect(doubt).toBeChecked({ checked: unsure });
    await group.getByRole('button', { name: 'Check' }).press('Enter');
    await expect(group.getByRole('status')).toHaveText('Right.');
    expect((await answerOf(page, 'stranger-at-second-namespace')).log[time][1]).toBe(grade);
    await group.getByRole('button', { name: 'Try again' }).press('Enter');
  }
});

test('a line of real code is picked by keyboard, and each line is named by its number', async ({
  page,
}) => {
  const group = await open(page, 'spot-stranger-speaks', /puts a stranger's words into the feed/);
  await expect(
    group.getByRole('radio', { name: /^Line \d+ const http = createServer/ }),
  ).toBeVisible();
  await tabTo(page, group.getByRole('radio').first());
  const line = group.getByRole('radio', { name: /^Line \d+ if \(say\.success\) publish/ });
  for (let steps = 0; steps < 30 && !(await line.isChecked()); steps += 1)
    await page.keyboard.press('ArrowDown');
  await tabTo(page, group.getByRole('button', { name: 'Check' }));
  await page.keyboard.press('Enter');
  await expect(group.getByRole('status')).toHaveText('Right.');
});
