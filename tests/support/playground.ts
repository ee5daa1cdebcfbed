// The playground of an example, by what a reader sees of it.
import type { Page } from '@playwright/test';
import { retype } from './retype.ts';
import { expect as soon } from './test.ts';

/** A start takes a second or two where nothing else runs, and tests run side by side. */
export const expect = soon.configure({ timeout: 20_000 });

/** Opens no page yet: `open` does. */
export function playground(page: Page, base = './') {
  const panel = page.locator('tab-playground');
  const inside = page.frameLocator('iframe[title="First browser"]');
  const button = (name: string) => panel.getByRole('button', { name, exact: true });
  const state = panel.locator('.state');
  const output = panel.getByRole('log', { name: 'What the server prints' });
  const source = panel.getByRole('textbox', { name: /^Source of / });
  const wire = panel.locator('.wire');
  /** Presses a button that runs the server; done when the page in the first browser has started too. */
  const run = async (name: 'Run it here' | 'Run' | 'Run again') => {
    await button(name).click();
    await expect(panel).toHaveAttribute('data-state', 'open');
    await expect(state).toHaveText(/^Running at http:\/\/localhost:30\d\d, in this tab\.$/);
  };
  return {
    ...{ panel, inside, button, state, output, source, wire, run },
    open: async (name: string) => {
      await page.goto(`${base}run/${name}/`);
      await run('Run it here');
      await expect(inside.getByRole('heading', { level: 1 })).toBeVisible();
    },
    signIn: async (name = 'ann') => {
      await inside.getByLabel('Name').fill(name);
      await inside.getByRole('button', { name: 'Sign in' }).click();
      await expect(inside.getByRole('status')).toHaveText(new RegExp(`^Signed in as ${name}`));
    },
    /** Types a text over another one that stands once in the source. */
    edit: async (from: string, to: string) => {
      const text = await source.inputValue();
      expect(text.split(from).length, `once in the source: ${from}`).toBe(2);
      await retype(
        source,
        text.replace(from, () => to),
      );
    },
    /** Types a text before the first line of the source; gives what takes it away again. */
    prepend: async (text: string) => {
      const before = await source.inputValue();
      await retype(source, text + before);
      return () => retype(source, before);
    },
  };
}
