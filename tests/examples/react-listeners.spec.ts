// Who hears an event on react-hook's page, while components come and go.
import type { Page } from '@playwright/test';
import { openWebSocket } from '../support/raw.ts';
import { logOf, press, pressOften, say, signIn, statusOf } from '../support/react-page.ts';
import { expect, test } from '../support/test.ts';
import { type PageEdit, pageVariant } from '../support/vary-page.ts';

const linesOf = (page: Page, text: string) => logOf(page).getByText(text, { exact: true });

/** Signs in, and connects. */
async function open(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
}

test('after fifty visits of a component one message is heard once', async ({
  page,
  startExample,
}) => {
  await open(page, (await startExample('react-hook')).origin);
  await pressOften(page, 50, 'Hide the chat', 'Show the chat');
  await say(page, 'hello');
  await expect(statusOf(page)).toContainText('Messages heard: 1.');
  await expect(linesOf(page, 'ann: hello')).toHaveCount(1);
});

test('a listener that is not taken off hears once more for each visit', async ({
  page,
  startExample,
}) => {
  const edits: PageEdit[] = [['socket?.off(event, hear as never);', '', 'useSocket.ts']];
  const example = await startExample('react-hook', { variant: pageVariant(edits) });
  await open(page, example.origin);
  await pressOften(page, 50, 'Hide the chat', 'Show the chat');
  await say(page, 'hello');
  await expect.poll(() => linesOf(page, 'ann: hello').count()).toBeGreaterThan(50);
});

test('a component that goes takes its own listener off, and no other', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook');
  await open(page, example.origin);
  await press(page, 'Hide the chat');
  const other = await openWebSocket(example.origin);
  await other.connect({ token: example.sign({ sub: 'u2' }) });
  await other.send('42["say",{"text":"hello"}]');
  await expect(statusOf(page)).toContainText('Messages heard: 1.');
  await expect(linesOf(page, 'bob: hello')).toHaveCount(0);
});

test('off with the name of the event alone makes every other component deaf', async ({
  page,
  startExample,
}) => {
  const edits: PageEdit[] = [
    ['socket?.off(event, hear as never);', 'socket?.off(event);', 'useSocket.ts'],
  ];
  const example = await startExample('react-hook', { variant: pageVariant(edits) });
  await open(page, example.origin);
  await say(page, 'hello');
  await expect(linesOf(page, 'ann: hello')).toHaveCount(1);
  // StrictMode has called the chat's cleanup once: the counter beside it has heard nothing since.
  await expect(statusOf(page)).toContainText('Messages heard: 0.');
});

test('a listener that changes is the latest one, and is put on the socket once', async ({
  page,
  startExample,
}) => {
  await open(page, (await startExample('react-hook')).origin);
  for (const [at, text] of ['one', 'two', 'three'].entries()) {
    await say(page, text);
    await expect(linesOf(page, `ann: ${text}`)).toHaveCount(1);
    await expect(statusOf(page)).toContainText(`Messages heard: ${at + 1}.`);
    await expect(page.getByLabel('Message')).toHaveValue('');
  }
});
