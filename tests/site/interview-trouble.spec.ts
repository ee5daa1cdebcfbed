// What an interview does without its questions, without storage, and without scripts.
import { begin, finish, heading, INTERVIEW, reportOf, running } from '../support/interview.ts';
import { expect, test } from '../support/test.ts';

test.describe('where the questions cannot be fetched', () => {
  test.use({ expected: [/ERR_FAILED|ERR_INTERNET_DISCONNECTED/] });

  test('the page says so, and tries again when asked, at the start and after a reload', async ({
    page,
  }) => {
    await page.goto(INTERVIEW);
    await page.route('**/questions/', (route) => route.abort());
    await page.getByRole('button', { name: 'Start the interview' }).click();
    const failed = page.getByRole('region', { name: 'The questions did not come' });
    await expect(failed).toBeFocused();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(failed).toBeFocused();
    await page.unroute('**/questions/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(heading(page)).toHaveText(/^Question 1/);
    const kept = (await running(page)).questions;
    await page.route('**/questions/', (route) => route.abort());
    await page.reload();
    await expect(failed).toBeVisible();
    expect((await running(page)).questions).toEqual(kept);
    await page.unroute('**/questions/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(heading(page)).toHaveText(/^Question 1/);
  });
});

test('where storage is full the interview works, and says that a reload ends it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const write = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith('handshake:')) throw new DOMException('full', 'QuotaExceededError');
      write.call(this, key, value);
    };
  });
  await begin(page);
  await expect(page.getByText('This browser does not store the interview')).toBeVisible();
  await finish(page);
  await expect(reportOf(page).getByText(/^\d of \d right, \d+%/)).toBeVisible();
});

test.describe('where storage is blocked', () => {
  // Starlight's own theme script reads storage as well, and does not expect this.
  test.use({ expected: [/blocked by the browser|StarlightThemeProvider is not defined/] });

  test('the interview works, and says that a reload ends it', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('blocked by the browser', 'SecurityError');
        },
      });
    });
    await begin(page);
    await expect(page.getByText('This browser does not store the interview')).toBeVisible();
    await finish(page);
    await page.getByRole('button', { name: 'New interview' }).click();
    await expect(page.getByRole('region', { name: 'Earlier interviews' })).toBeVisible();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what the interview needs, and offers no dead buttons', async ({ page }) => {
    await page.goto(INTERVIEW);
    await expect(page.getByRole('note')).toContainText('The interview needs JavaScript');
    await expect(page.getByRole('button', { name: 'Start the interview' })).toBeHidden();
  });
});
