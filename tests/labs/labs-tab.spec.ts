// Every lab in the reader's tab, on its built page: the same attacks, the same answers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listLabs } from '../../site/labs/list.ts';
import { retype } from '../support/retype.ts';
import { expect, test } from '../support/test.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test.describe.configure({ timeout: 90_000 }); // two browsers and two servers in one process

for (const { name, folder, needsNode } of listLabs(root)) {
  if (needsNode !== undefined) continue;
  test(`${name} in the tab: every attack gets in, and with the mend none does`, async ({
    page,
  }) => {
    await page.goto(`./labs/${name.slice(3)}/`);
    await page.getByRole('button', { name: 'Open the lab here' }).click();
    const lab = page.locator('tab-lab');
    const attack = page.getByRole('button', { name: /^Attack/ });
    const results = (row: RegExp) =>
      lab.getByRole('row', { name: row }).getByRole('cell').last().allInnerTexts();

    await attack.click();
    await expect(lab).toHaveAttribute('data-state', 'open', { timeout: 40_000 });
    for (const text of await results(/^Attacker/)) expect(text).toMatch(/^Got in: /);
    for (const text of await results(/^Honest/)) expect(text).toBe('Served');

    const source = lab.getByRole('textbox', { name: /^Source of / });
    await source.focus(); // the editor is fetched when one comes near
    await expect(lab.locator('.prism-code-editor')).toBeVisible();
    await retype(source, readFileSync(join(root, folder, 'fixed.ts'), 'utf8'));
    await attack.click();
    await expect(lab).toHaveAttribute('data-state', 'solved', { timeout: 40_000 });
    for (const text of await results(/^Attacker/)) expect(text).toMatch(/^Held: /);
    for (const text of await results(/^Honest/)) expect(text).toBe('Served');
    await expect(page.locator('lab-fix details')).toHaveAttribute('open');
  });
}
