// What a reader does on the pages of the examples, and what is recorded of it, in either world.
import type { Page } from '@playwright/test';
import type { WireEvent } from '../../site/tab/wire.ts';
import { expect } from '../support/test.ts';
import { Names } from './differential-names.ts';
import { dropOfFirefox, linesOf } from './differential-normal.ts';
import { httpOf, packetsOf, pending, pollingOf } from './differential-record.ts';

/** A page of an example: in the browser's window, or in the playground's frame. */
export type View = Pick<Page, 'getByRole' | 'getByLabel'>;

/** A press of a button by its name, or a form: label, text, button. `until` is for what takes its time by itself. */
export type Step = { press: string; fill?: [label: string, text: string]; until?: RegExp };

const press = (name: string, until?: RegExp): Step => ({ press: name, ...(until && { until }) });
const signIn: Step = { press: 'Sign in', fill: ['Name', 'ann'] };
const sayHello: Step = { press: 'Say it', fill: ['Message', '<b>héllo</b>'] };
const inside = [sayHello, press('Who am I?')];
const bye = press('Sign out', /signed out/);

export const steps: Record<string, Step[]> = {
  'auth-field': [
    ...['No token', 'Garbage'].map((name) => press(name)),
    ...[signIn, press('A tampered token'), press('My token, at /admin')],
    ...[press('My token'), ...inside, bye],
  ],
  'jwt-cookie': [
    ...['No cookie', 'Garbage'].map((name) => press(name)),
    ...[signIn, press('What does a script see?'), press('What the browser has'), ...inside],
    ...[press('Plant a second cookie'), press('Remove the second cookie')],
    ...[press('The same, by WebSocket alone'), bye],
  ],
  'query-token': [
    ...['No token', 'Garbage'].map((name) => press(name)),
    ...[signIn, press('A tampered token'), press('My token, at /admin')],
    ...[press('My token'), ...inside, press('Show the access log')],
    ...[press('Change the query, then cut', /cut:.*refused: /s), bye],
  ],
  'query-ticket': [
    ...['No ticket', 'Garbage'].map((name) => press(name)),
    ...[signIn, press('A new ticket'), ...inside, press('The same ticket again')],
    ...[press('Buy a ticket and hold it'), press('Connect with it')],
    ...[press('Cut the transport', /next try.*connected as socket/s), bye],
  ],
  'refresh-rotation': [
    ...[press('No token'), signIn, press('Refresh'), press('A token of the moment')],
    ...[...inside, press('A token for good'), bye],
  ],
  'session-passport': [
    ...['No cookie', 'Garbage'].map((name) => press(name)),
    ...[signIn, ...inside],
    { press: 'Keep it in my session', fill: ['My status', 'at work'] },
    ...[press('The same, by WebSocket alone'), bye],
  ],
};

/** What is to be seen of a world: its page, and what has gone over the wire so far, kept up to date by `catchUp`. */
export interface World {
  view: View;
  events: WireEvent[];
  catchUp: () => Promise<void>;
}

/** Gives the page's log and state by one question: finding them by their roles each time is most of a test's work. */
async function watch({ view, catchUp }: World) {
  const log = await view.getByRole('log', { name: 'What happened' }).elementHandle();
  const status = await view.getByRole('status').elementHandle();
  return async () => {
    const seen = await log?.evaluate(
      (node, other) => ({
        log: (node as HTMLElement).innerText,
        state: other?.textContent ?? null,
      }),
      status,
    );
    await catchUp();
    return seen ?? { log: '', state: null };
  };
}
type Look = Awaited<ReturnType<typeof watch>>;

/** Waits until the log is another one than before (unless a step says nothing), and all has been quiet for 250 ms. */
async function settle(look: Look, events: WireEvent[], before: string, until?: RegExp) {
  let last = '';
  let [since, looks] = [Date.now(), 0];
  let seen = { log: '', state: null as string | null };
  await expect(async () => {
    seen = await look();
    const now = JSON.stringify([seen, events.length, pending(events)]);
    if (now !== last) [since, looks] = [Date.now(), 0];
    last = now;
    looks += 1;
    expect(seen.log, 'the log after the step').not.toBe(before);
    if (until) expect(seen.log.slice(before.length)).toMatch(until);
    expect(pending(events), 'requests without an answer').toBe(0);
    expect(Date.now() - since, 'quiet, in ms').toBeGreaterThan(250);
    expect(looks, 'the same, at each look').toBeGreaterThan(3); // on a slow machine 250 ms are nothing
  }).toPass({ intervals: [90], timeout: 10_000 });
  return { ...seen, upTo: events.length };
}

const click = (button: HTMLElement) => button.click();
const write = (field: HTMLElement, text: string) => {
  (field as HTMLInputElement).value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Takes the steps, and tells what came of them. */
export async function record(world: World, list: Step[], isFirefox: boolean) {
  const { view, events } = world;
  const look = await watch(world);
  let now = await settle(look, events, '');
  const seen = [{ step: 'open', ...now }];
  for (const { press, fill, until } of list) {
    // As a script would: a press of the mouse takes a second in a frame of Firefox, and needs its window in front.
    if (fill) await view.getByLabel(fill[0], { exact: true }).evaluate(write, fill[1]);
    await view.getByRole('button', { name: press, exact: true }).evaluate(click);
    // A status is kept without a word in the log.
    const before = press === 'Keep it in my session' ? '' : now.log;
    now = await settle(look, events, before, until);
    seen.push({ step: press, ...now });
  }
  if (isFirefox) dropOfFirefox(events);
  const names = new Names();
  const packets = packetsOf(events, names);
  let [from, before] = [0, ''];
  const [opening, ...rest] = seen.map(({ step, log, state, upTo }) => {
    const http = httpOf(events.slice(from, upTo), names, step);
    const text = log.startsWith(before) ? log.slice(before.length) : log;
    [from, before] = [upTo, log];
    return { step, log: linesOf(step, text, names), state, http };
  });
  return { opening, rest, packets, polling: pollingOf(events, names) };
}
