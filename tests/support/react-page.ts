// How the tests use react-hook's page, and what they read off its server.
import type { Page } from '@playwright/test';
import type { Example, Variant } from './example.ts';

export const statusOf = (page: Page) => page.getByRole('status');
export const logOf = (page: Page) => page.getByRole('log', { name: 'What happened' });
export const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).click();

export async function signIn(page: Page, name = 'ann'): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await press(page, 'Sign in');
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message').fill(text);
  await press(page, 'Say it');
}

/**
 * Whether the browser has a network: as this says, and not as the machine of the tests has it. Call it before the page
 * is opened.
 */
export async function networkOf(page: Page): Promise<{ set(online: boolean): Promise<void> }> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'onLine', { writable: true, value: true });
  });
  return {
    set: (online) =>
      page.evaluate((online) => {
        Object.assign(navigator, { onLine: online });
        window.dispatchEvent(new Event(online ? 'online' : 'offline'));
      }, online),
  };
}

/** Presses a button many times in the page itself, each time after React has drawn. */
export function pressOften(page: Page, times: number, ...names: string[]): Promise<void> {
  return page.evaluate(
    async ({ times, names }) => {
      for (let n = 0; n < times; n += 1) {
        for (const name of names) {
          const all = [...document.querySelectorAll('button')];
          all.find(({ textContent }) => textContent === name)?.click();
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
    },
    { times, names },
  );
}

/** The server logs how many sockets it has, whenever that changes. */
export const counting: Variant = [
  ['live.add(socket);', "live.add(socket); log('live', { sockets: String(live.size) });"],
  ['live.delete(socket);', "live.delete(socket); log('live', { sockets: String(live.size) });"],
];

/** How many sockets the server of `counting` has, and how many it has let in. */
export function socketsOf(example: Example): { now: number; ever: number } {
  const counts = example.log
    .filter(({ event }) => event === 'live')
    .map((e) => Number(e['sockets']));
  const ever = counts.filter((count, at) => count > (counts[at - 1] ?? 0)).length;
  return { now: counts.at(-1) ?? 0, ever };
}

/** Every engine connection that was opened so far: requests of the engine without a sid. */
export async function enginesOf(example: Example): Promise<number> {
  const urls = (await example.steer({ do: 'urls' })) as string[];
  return urls.filter((url) => url.startsWith('/socket.io/') && !url.includes('sid=')).length;
}

/** What goes wrong on purpose while a server is away or has closed: requests that fail. */
export const failures = [
  /400: .*\/socket\.io\//,
  /status of 400/,
  /ERR_CONNECTION_REFUSED/,
  /ERR_CONNECTION_RESET/,
  /ERR_EMPTY_RESPONSE/,
  /ERR_FAILED/,
  /WebSocket connection to/,
];
