// How many connections react-hook's page opens, and what it leaves behind.
import type { Page } from '@playwright/test';
import {
  counting,
  enginesOf,
  logOf,
  press,
  pressOften,
  signIn,
  socketsOf,
  statusOf,
} from '../support/react-page.ts';
import { expect, test } from '../support/test.ts';
import { type PageEdit, pageVariant } from '../support/vary-page.ts';

const naive = pageVariant([], 'tests/examples/react/naive.ts');
const atOnce: PageEdit[] = [
  [
    'subscribers.add(changed);\n    queueMicrotask(settle);',
    'subscribers.add(changed);\n    settle();',
    'useSocket.ts',
  ],
  [
    'subscribers.delete(changed);\n      queueMicrotask(settle);',
    'subscribers.delete(changed);\n      settle();',
    'useSocket.ts',
  ],
];

/** StrictMode calls effects twice when a component mounts: here it mounts with a token. */
async function mountSignedIn(page: Page): Promise<void> {
  await press(page, 'Unmount the connection');
  await signIn(page);
  await expect(logOf(page)).toContainText('signed in as ann');
  await press(page, 'Mount the connection');
}

test('under StrictMode the hook opens one connection, with one CONNECT', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: counting });
  await page.goto(example.origin);
  await mountSignedIn(page);
  await expect(statusOf(page)).toContainText('connected');
  expect(await enginesOf(example)).toBe(1);
  expect(socketsOf(example)).toEqual({ now: 1, ever: 1 });
});

test('a hook without a cleanup connects twice under StrictMode, and stays so', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: [...counting, ...naive] });
  await page.goto(example.origin);
  await mountSignedIn(page);
  await expect.poll(() => socketsOf(example)).toEqual({ now: 2, ever: 2 });
  expect(await enginesOf(example)).toBe(2);
});

test('StrictMode calls an effect twice at the mount, and once when the token changes', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: [...counting, ...naive] });
  await page.goto(example.origin);
  await signIn(page);
  await expect.poll(() => socketsOf(example).ever).toBe(1);
  await pressOften(page, 1, 'Unmount the connection', 'Mount the connection');
  await expect.poll(() => socketsOf(example).ever).toBe(3);
  expect(await enginesOf(example)).toBe(3);
});

test('a hook that connects and disconnects at once opens two connections, and sends one CONNECT', async ({
  page,
  startExample,
}) => {
  const variant = [...counting, ...pageVariant(atOnce)];
  const example = await startExample('react-hook', { variant });
  await page.goto(example.origin);
  await mountSignedIn(page);
  await expect(statusOf(page)).toContainText('connected');
  expect(await enginesOf(example)).toBe(2);
  expect(socketsOf(example)).toEqual({ now: 1, ever: 1 });
});

test('after fifty mounts the server has one socket, and after the unmount none', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: counting });
  await page.addInitScript(countListeners);
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  const before = await page.evaluate('listening');
  await pressOften(page, 50, 'Unmount the connection', 'Mount the connection');
  await expect(statusOf(page)).toContainText('connected');
  await expect.poll(() => socketsOf(example).now).toBe(1);
  expect(await page.evaluate('listening')).toBe(before);
  await press(page, 'Unmount the connection');
  await expect(statusOf(page)).toHaveText('Not mounted, so not connected.');
  await expect.poll(() => socketsOf(example).now).toBe(0);
});

test('a hook without a cleanup leaves two sockets behind for each mount', async ({
  page,
  startExample,
}) => {
  const example = await startExample('react-hook', { variant: [...counting, ...naive] });
  await page.goto(example.origin);
  await signIn(page);
  await expect.poll(() => socketsOf(example).now).toBe(1);
  await pressOften(page, 10, 'Unmount the connection', 'Mount the connection');
  await press(page, 'Unmount the connection');
  await expect.poll(() => socketsOf(example).now, { timeout: 20_000 }).toBe(21);
});

test('in production a hook without a cleanup leaves a socket behind for each mount', async ({
  page,
  startExample,
}) => {
  const env = { NODE_ENV: 'production' };
  const example = await startExample('react-hook', { env, variant: [...counting, ...naive] });
  await page.goto(example.origin);
  await mountSignedIn(page);
  await expect.poll(() => socketsOf(example).now).toBe(1);
  await pressOften(page, 9, 'Unmount the connection', 'Mount the connection');
  await press(page, 'Unmount the connection');
  await expect.poll(() => socketsOf(example).now, { timeout: 20_000 }).toBe(10);
});

test('a hook that does not disconnect stays signed in after its unmount', async ({
  page,
  startExample,
}) => {
  const edits: PageEdit[] = [['else leave();', '', 'useSocket.ts']];
  const variant = [...counting, ...pageVariant(edits)];
  const example = await startExample('react-hook', { variant });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await press(page, 'Unmount the connection');
  await expect(statusOf(page)).toHaveText('Not mounted, so not connected.');
  await signIn(page, 'bob');
  await press(page, 'Mount the connection');
  await expect.poll(() => socketsOf(example)).toEqual({ now: 2, ever: 2 });
});

test('a connection that React hides lets go, and says connecting when it is shown again', async ({
  page,
  startExample,
}) => {
  const hide: PageEdit[] = [
    ['{mounted ? (', "<Activity mode={mounted ? 'visible' : 'hidden'}>", 'App.tsx'],
    [
      ') : (\n        <p role="status">Not mounted, so not connected.</p>\n      )}',
      '</Activity>',
      'App.tsx',
    ],
    ['useReducer, useState }', 'useReducer, useState, Activity }', 'App.tsx'],
  ];
  const variant = [...counting, ...pageVariant(hide)];
  const example = await startExample('react-hook', { variant });
  await page.goto(example.origin);
  await signIn(page);
  await expect(statusOf(page)).toContainText('connected');
  await press(page, 'Unmount the connection');
  await expect.poll(() => socketsOf(example).now).toBe(0);
  await press(page, 'Mount the connection');
  await expect(logOf(page).locator('p').last()).toHaveText('connected');
  await expect(logOf(page).locator('p').nth(-2)).toHaveText('connecting');
  expect(socketsOf(example)).toEqual({ now: 1, ever: 2 });
});

/** Counts in `listening` who hears of the network coming and going. */
function countListeners(): void {
  const of = { online: true, offline: true };
  const { addEventListener: add, removeEventListener: remove } = window;
  Object.assign(window, {
    listening: 0,
    addEventListener: (...args: Parameters<typeof add>) => {
      if (args[0] in of) Reflect.set(window, 'listening', Reflect.get(window, 'listening') + 1);
      Reflect.apply(add, window, args);
    },
    removeEventListener: (...args: Parameters<typeof remove>) => {
      if (args[0] in of) Reflect.set(window, 'listening', Reflect.get(window, 'listening') - 1);
      Reflect.apply(remove, window, args);
    },
  });
}
