// Every attack of the matrix against the servers in the tab, by the same functions: the bridge of tests/support/tab.ts
// gives a server in a worker an address of this machine.
import type { Page } from '@playwright/test';
import { attacks, cellOf, exampleNames } from '../attacks/all.ts';
import { startHarness, TabExample, type TabOptions } from '../support/tab.ts';
import type { Told } from '../support/tab-page.ts';
import { test as base, expect } from '../support/test.ts';

base.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

const test = base.extend<
  object,
  { startInTab: (name: string, options: TabOptions, calm?: boolean) => Promise<TabExample> }
>({
  startInTab: [
    async ({ browser }, use) => {
      const harness = await startHarness();
      const page: Page = await browser.newPage();
      const listeners = new Map<number, (told: Told) => void>();
      await page.exposeFunction('tellTest', (told: Told) => listeners.get(told.server)?.(told));
      await page.goto(harness.origin);
      // A calm attack leaves the server as it found it: the next one with the same options gets it too.
      let last: { key: string; example: TabExample } | undefined;
      await use(async (name, options, calm) => {
        const key = calm ? JSON.stringify([name, options]) : '';
        if (last && key !== '' && last.key === key && last.example.alive) return last.example;
        await last?.example.stop();
        const example = await TabExample.start(page, listeners, name, options);
        last = { key, example };
        return example;
      });
      await last?.example.stop();
      await page.close();
      harness.close();
    },
    { scope: 'worker' },
  ],
});

for (const name of exampleNames) {
  // Those that can share a server stand side by side: the calm ones with the same options.
  const cells = attacks
    .map((attack) => ({ attack, state: cellOf(attack, name).state }))
    .filter(({ state }) => state !== 'not')
    .map((cell) => {
      const { env = {}, setting, calm = false } = cell.attack;
      const options: TabOptions = { env, variant: setting?.(name) ?? [] };
      return { ...cell, options, calm, order: calm ? JSON.stringify(options) : '~' };
    })
    .sort((a, b) => a.order.localeCompare(b.order));

  test.describe(name, () => {
    test.describe.configure({ mode: 'default' });
    for (const { attack, state, options, calm } of cells) {
      test(`in the tab: ${attack.title}`, async ({ startInTab, openPage }) => {
        const { held, heldAt, run } = attack;
        const example = await startInTab(name, options, calm);
        expect(example.errors.join('\n')).toBe('');
        const verdict = await run(Object.assign(example, { name }), openPage);
        if (state === 'held') expect(verdict.saw).toMatch(heldAt?.[name] ?? held);
        expect(verdict.in, verdict.saw).toBe(state === 'open');
      });
    }
  });
}
