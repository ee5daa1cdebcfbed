// The clock of the mock interview: what it counts, and what it says when the time is up.
import { answer, begin, heading, NOON, onward } from '../support/interview.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page }) => {
  await page.clock.install({ time: NOON });
});

test('the clock counts, but not the time spent away; it can be hidden, and stays hidden', async ({
  page,
}) => {
  await begin(page);
  const clock = page.getByRole('timer');
  await page.clock.runFor(30_000);
  await page.clock.fastForward('08:00:00'); // the machine slept
  await page.clock.runFor(10_000);
  await expect(clock).toHaveText(/^0:(39|4\d) of 10:00$/);
  const [, was = ''] = /^0:(\d\d)/.exec(await clock.innerText()) ?? [];
  const shows = (least: number, most: number) =>
    expect(async () => {
      const [, minutes, seconds] = /^(\d):(\d\d) of 10:00$/.exec(await clock.innerText()) ?? [];
      const counted = Number(minutes) * 60 + Number(seconds) - Number(was);
      expect(counted).toBeGreaterThanOrEqual(least);
      expect(counted).toBeLessThanOrEqual(most);
    }).toPass();
  await page.clock.runFor(65_000);
  await shows(65, 67);
  await page.getByRole('button', { name: 'Hide the clock' }).click();
  await expect(clock).toBeHidden();
  await page.reload();
  await expect(heading(page)).toBeVisible();
  await expect(clock).toBeHidden();
  await page.getByRole('button', { name: 'Show the clock' }).click();
  await shows(65, 69);
});

test('when the time is up it says so, once, and cuts nothing off', async ({ page }) => {
  await begin(page);
  await page.getByRole('button', { name: 'Hide the clock' }).click();
  const over = page.getByText('The time is up.');
  await page.clock.runFor(595_000);
  await expect(over).toBeHidden();
  await page.clock.runFor(10_000);
  await expect(over).toBeVisible();
  await answer(page);
  await onward(page);
  await expect(heading(page)).toHaveText(/^Question 2/);
  await expect(over).toBeVisible();
});
