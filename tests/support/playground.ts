// The playground of an example, by what a reader sees of it.
import type { Page } from '@playwright/test';
import { retype } from './retype.ts';
import { expect as soon } from './test.ts';

/** A start takes a second or two where nothing else runs, and tests run side by side. */
export const expect = soon.configure({ timeout: 20_000 });

/** Keeps a pack of the runtime back, so that no server starts: two thirds of what a playground costs. Gives what lets it come. */
export async function withoutServer(page: Page, pack: string): Promise<() => Promise<void>> {
  const file = new RegExp(`/tab/${pack}-[\\w-]+\\.json$`);
  await page.route(file, (route) => route.fulfill({ body: 'nothing' }));
  return () => page.unroute(file);
}

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
    /** Opens it with its sources, and no server yet: the first run is that of what is edited. */
    openStopped: async (name: string) => {
      const letServer = await withoutServer(page, 'socket.io'); // the frames of pages need the base
      await page.goto(`${base}run/${name}/`);
      await button('Run it here').click();
      await expect(state).toHaveText(/^It did not start: /);
      await letServer();
      await source.focus(); // the editor takes the place of a plain field, and nobody is to type meanwhile
      await expect(panel.locator('.prism-code-editor')).toBeVisible();
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
