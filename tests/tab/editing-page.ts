// The editor of a playground, by what a reader sees.
import { expect, type Page } from '@playwright/test';
import { withoutServer } from '../support/playground.ts';
import { retype } from '../support/retype.ts';

export const SERVER = 'examples/auth-field/server.ts';
export const KEY = 'handshake.edits.auth-field';

export function editing(page: Page) {
  const panel = page.locator('tab-playground');
  const sources = panel.getByRole('region', { name: 'The sources' });
  const button = (name: string) => panel.getByRole('button', { name, exact: true });
  const state = panel.locator('.state');
  const source = sources.getByRole('textbox', { name: /^Source of / });
  const notices = sources.locator('.notices');
  const output = panel.getByRole('log', { name: 'What the server prints' });
  const near = async () => {
    await source.focus(); // the editor is fetched when one comes near
    await expect(sources.locator('.prism-code-editor')).toBeVisible();
    await expect(source).toBeFocused();
  };
  return {
    ...{ panel, sources, button, state, source, notices, output },
    /** What there is to choose for a file. */
    choice: (name: string | RegExp) => sources.getByRole('group', { name }),
    async open(name = 'auth-field') {
      await page.goto(`./run/${name}/`);
      await button('Run it here').click();
      await expect(state).toHaveText(/^Running at /, { timeout: 30_000 });
      await near();
    },
    /** Opens the editor alone, without a server, for what has to do with the sources only. Gives what lets one start. */
    async openEditor() {
      const letServer = await withoutServer(page, 'base');
      await page.goto('./run/auth-field/');
      await button('Run it here').click();
      await expect(state).toHaveText(/^It did not start: /);
      await near();
      return letServer;
    },
    async pick(path: string) {
      await sources.getByLabel('File').selectOption(path);
      await expect(sources.getByRole('textbox', { name: `Source of ${path}` })).toBeVisible();
    },
    /** Puts a text in place of the one there; gives the old one. */
    async change(make: (text: string) => string): Promise<string> {
      const text = await source.inputValue();
      await retype(source, make(text));
      return text;
    },
    /** What is stored of the reader's edits: path and text. */
    stored: (): Promise<Record<string, string>> =>
      page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '{"files":{}}').files, KEY),
    /** What was set aside, as it is stored. */
    setAside: (): Promise<string[]> =>
      page.evaluate(
        (prefix) =>
          Object.keys(localStorage)
            .filter((key) => key.startsWith(prefix))
            .map((key) => localStorage.getItem(key) ?? ''),
        `${KEY}.set-aside.`,
      ),
  };
}

/** The line of a text, and its number, from 1. */
export function lineOf(text: string, part: string): { line: number; at: string } {
  const lines = text.split('\n');
  const index = lines.findIndex((each) => each.includes(part));
  expect(index, `there is a line with ${part}`).toBeGreaterThanOrEqual(0);
  return { line: index + 1, at: lines[index] ?? '' };
}
