// The same steps on the same example, in Node with a real browser and in the tab with a virtual one: nothing may differ
// but what differential-normal.ts names.
import type { Page } from '@playwright/test';
import type { WireEvent } from '../../site/tab/wire.ts';
import type { Example, Options } from '../support/example.ts';
import { goodbye, nobody } from '../support/lab.ts';
import { retype } from '../support/retype.ts';
import { test as base, expect } from '../support/test.ts';
import { record, type Step, steps, type World } from './differential-steps.ts';

/** Runs an example in Node, and gives its page in a browser of its own, with a real network. */
async function inNode(page: Page, startExample: Start, name: string): Promise<World> {
  const events: WireEvent[] = [];
  const preload = './tests/support/tap.ts';
  const example = await startExample(name, { preload, watch: (event) => void events.push(event) });
  await withoutCache(page);
  await page.goto(example.origin);
  // What was sent before the answer has come before it.
  const catchUp = async () => void (await example.steer({ do: 'count' }));
  return { view: page, events, catchUp };
}
type Start = (name: string, options: Options) => Promise<Example>;

/** The virtual browser has no HTTP cache; Firefox's is off by a preference. */
async function withoutCache(page: Page): Promise<void> {
  if (page.context().browser()?.browserType().name() !== 'chromium') return;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
}

/** Opens an example's playground, and runs it again with an edit of lib/refusal.ts if there is one. */
async function inTab(page: Page, name: string, edit?: Edit): Promise<World> {
  const events: WireEvent[] = [];
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(globalThis, { heard });
    addEventListener('wire', (event) => heard.push((event as CustomEvent).detail));
  });
  const catchUp = async () => {
    const heard = await page.evaluate(() => Reflect.get(globalThis, 'heard').splice(0));
    events.push(...heard);
  };
  await page.goto(`./run/${name}/`);
  const panel = page.locator('tab-playground');
  // How soon, is a matter of the bench: here four tests may be opening one at a time on two cores.
  const opened = () => expect(panel).toHaveAttribute('data-state', 'open', { timeout: 15_000 });
  await panel.getByRole('button', { name: 'Run it here', exact: true }).click();
  await opened();
  if (edit) {
    await panel.getByLabel('File').selectOption('examples/lib/refusal.ts');
    const source = panel.getByRole('textbox', { name: /^Source of / });
    const text = await source.inputValue();
    expect(text.split(edit[0]), 'once in the source').toHaveLength(2);
    await retype(
      source,
      text.replace(edit[0], () => edit[1]),
    );
    await catchUp();
    events.length = 0;
    // What comes between two runs may be over before anybody looks.
    await panel.evaluate((element) => element.setAttribute('data-state', 'before'));
    await panel.getByRole('button', { name: 'Run again', exact: true }).click();
    await opened();
  }
  const view = await page.locator('iframe[title="First browser"]').elementHandle();
  const frame = await view?.contentFrame();
  if (!frame) throw new Error('the playground shows no page');
  return { view: frame, events, catchUp };
}

type Told = Awaited<ReturnType<typeof record>>;
type Edit = [from: string, to: string];
type Fixtures = {
  /** Opens an example in both worlds, and takes the steps side by side: most of their time is waiting for quiet. */
  inBoth: (name: string, list: Step[], edit?: Edit) => Promise<{ tab: Told; node: Told }>;
};

const test = base.extend<Fixtures>({
  inBoth: async ({ page, startExample, openPage, watch, browserName }, use) => {
    await use(async (name, list, edit) => {
      const isFirefox = browserName === 'firefox';
      const here = await inTab(page, name, edit);
      const other = await openPage();
      watch(other);
      const there = await inNode(other, startExample, name);
      const tell = (world: World) => record(world, list, isFirefox);
      const [tab, node] = await Promise.all([tell(here), tell(there)]);
      return { tab, node };
    });
  },
});
test.setTimeout(90_000);

/**
 * In Firefox too: what its engine does of its own is to keep and send cookies, to put a query on a WebSocket and into
 * the list of what the page has fetched, to open, poll, cut and close. The other examples ask no more of it.
 */
const inFirefox = ['jwt-cookie', 'query-token'];

for (const [name, list] of Object.entries(steps)) {
  test.describe(() => {
    test.skip(
      ({ browserName }) => browserName === 'firefox' && !inFirefox.includes(name),
      'It asks nothing of the engine that jwt-cookie and query-token do not.',
    );
    test(`${name} behaves in the tab as it does in Node`, async ({ inBoth, expected }) => {
      expected.push(...goodbye, ...nobody);
      const { tab, node } = await inBoth(name, list);
      expect.soft(tab.rest, 'the steps: log, status, HTTP').toEqual(node.rest);
      expect.soft(tab.packets, 'packets').toEqual(node.packets);
      expect.soft(tab.polling, 'requests of Engine.IO').toEqual(node.polling);
      expect.soft(tab.opening, 'how the page is fetched').toEqual(node.opening);
    });
  });
}

test('a server that refuses in other words is told from the one in Node', async ({
  inBoth,
  expected,
}) => {
  expected.push(...goodbye);
  const [words, others] = ['Sign in first: no token was sent.', 'Come in: no token is needed.'];
  const told = await inBoth('auth-field', [{ press: 'No token' }], [words, others]);
  const [tab, node] = [told.tab, told.node].map(({ opening: _, ...rest }) => rest);
  expect(tab).not.toEqual(node);
  const mended = JSON.parse(JSON.stringify(tab).replaceAll(others, words));
  expect(mended, 'the words are all that differs').toEqual(node);
});
