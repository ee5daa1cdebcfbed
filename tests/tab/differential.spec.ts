// The same steps on the same example, in Node with a real browser and in the tab with a virtual one: nothing may differ
// but what differential-normal.ts names.
import type { Page } from '@playwright/test';
import type { WireEvent } from '../../site/tab/wire.ts';
import type { Example } from '../support/example.ts';
import { goodbye, nobody } from '../support/lab.ts';
import { expect, test } from '../support/test.ts';
import { ChromiumWire } from './differential-chromium.ts';
import { record, type Step, steps } from './differential-steps.ts';

test.setTimeout(90_000);

async function inNode(page: Page, { origin }: Example, list: Step[]) {
  const wire = await ChromiumWire.watch(page);
  await page.goto(origin);
  return record(page, wire.events, list, () => wire.end());
}

/** Opens an example's playground, and runs it again with an edit of lib/refusal.ts if there is one. */
async function inTab(page: Page, name: string, list: Step[], edit?: [from: string, to: string]) {
  const events: WireEvent[] = [];
  await page.exposeFunction('hearWire', (event: WireEvent) => void events.push(event));
  await page.addInitScript(() => {
    addEventListener('wire', (event) => {
      const { hearWire } = globalThis as unknown as { hearWire: (detail: unknown) => void };
      hearWire((event as CustomEvent).detail);
    });
  });
  await page.goto(`./run/${name}/`);
  const panel = page.locator('tab-playground');
  const opened = () => expect(panel).toHaveAttribute('data-state', 'open');
  await panel.getByRole('button', { name: 'Run it here', exact: true }).click();
  await opened();
  if (edit) {
    await panel.getByLabel('File').selectOption('examples/lib/refusal.ts');
    const source = panel.getByRole('textbox', { name: /^Source of / });
    const text = await source.inputValue();
    expect(text.split(edit[0]), 'once in the source').toHaveLength(2);
    await source.fill(text.replace(edit[0], () => edit[1]));
    events.length = 0;
    await panel.getByRole('button', { name: 'Run again', exact: true }).click();
    await expect(panel).toHaveAttribute('data-state', 'running');
    await opened();
  }
  return record(page.frameLocator('iframe[title="First browser"]'), events, list);
}

for (const [name, list] of Object.entries(steps)) {
  test(`${name} behaves in the tab as it does in Node`, async ({
    page,
    startExample,
    expected,
  }) => {
    expected.push(...goodbye, ...nobody);
    const node = await inNode(page, await startExample(name), list);
    const tab = await inTab(page, name, list);
    expect.soft(tab.rest, 'the steps: log, status, HTTP').toEqual(node.rest);
    expect.soft(tab.packets, 'packets').toEqual(node.packets);
    expect.soft(tab.polling, 'requests of Engine.IO').toEqual(node.polling);
    expect.soft(tab.opening, 'how the page is fetched').toEqual(node.opening);
  });
}

test('a server that refuses in other words is told from the one in Node', async ({
  page,
  startExample,
  expected,
}) => {
  expected.push(...goodbye);
  const list: Step[] = [{ press: 'No token' }];
  const [words, others] = ['Sign in first: no token was sent.', 'Come in: no token is needed.'];
  const { opening: _, ...node } = await inNode(page, await startExample('auth-field'), list);
  const { opening: __, ...tab } = await inTab(page, 'auth-field', list, [words, others]);
  expect(tab).not.toEqual(node);
  const mended = JSON.parse(JSON.stringify(tab).replaceAll(others, words));
  expect(mended, 'the words are all that differs').toEqual(node);
});
