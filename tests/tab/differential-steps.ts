// What a reader does on the pages of the examples, and what is recorded of it, in either world.
import type { Page } from '@playwright/test';
import type { WireEvent } from '../../site/tab/wire.ts';
import { expect } from '../support/test.ts';
import { Names } from './differential-names.ts';
import { linesOf } from './differential-normal.ts';
import { httpOf, packetsOf, pending, pollingOf } from './differential-record.ts';

/** A page of an example: in the browser's window, or in the playground's frame. */
export type View = Pick<Page, 'getByRole' | 'getByLabel'>;

/** A press of a button by its name, or a form: label, text, button. `until` is for what takes its time by itself. */
export type Step = { press: string; fill?: [label: string, text: string]; until?: RegExp };

const press = (name: string, until?: RegExp): Step => ({ press: name, ...(until && { until }) });
const signIn: Step = { press: 'Sign in', fill: ['Name', 'ann'] };
const sayHello: Step = { press: 'Say it', fill: ['Message', '<b>héllo</b>'] };
const inside = [sayHello, press('Who am I?')];
const bye = press('Sign out');

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
  'session-passport': [
    ...['No cookie', 'Garbage'].map((name) => press(name)),
    ...[signIn, ...inside],
    { press: 'Keep it in my session', fill: ['My status', 'at work'] },
    ...[press('The same, by WebSocket alone'), bye],
  ],
};

const logOf = (view: View) => view.getByRole('log', { name: 'What happened' });
const state = (view: View) => view.getByRole('status').textContent();

/** Waits until the log is another one than before (unless a step says nothing), and all has been quiet for 250 ms. */
async function settle(view: View, events: WireEvent[], before: string, until?: RegExp) {
  let last = '';
  let since = Date.now();
  await expect(async () => {
    const log = await logOf(view).innerText();
    const now = JSON.stringify([log, await state(view), events.length, pending(events)]);
    if (now !== last) since = Date.now();
    last = now;
    expect(log, 'the log after the step').not.toBe(before);
    if (until) expect(log.slice(before.length)).toMatch(until);
    expect(pending(events), 'requests without an answer').toBe(0);
    expect(Date.now() - since, 'quiet, in ms').toBeGreaterThan(250);
  }).toPass({ intervals: [25], timeout: 10_000 });
}

/** Takes the steps, and tells what came of them. `events` grows meanwhile; `end` waits for the last of it. */
export async function record(view: View, events: WireEvent[], list: Step[], end = async () => {}) {
  const seen: { step: string; log: string; state: string | null; upTo: number }[] = [];
  const note = async (step: string) => {
    const log = await logOf(view).innerText();
    seen.push({ step, log, state: await state(view), upTo: events.length });
  };
  await settle(view, events, '');
  await note('open');
  for (const { press, fill, until } of list) {
    const before = await logOf(view).innerText();
    if (fill) await view.getByLabel(fill[0], { exact: true }).fill(fill[1]);
    await view.getByRole('button', { name: press, exact: true }).click();
    // A status is kept without a word in the log.
    await settle(view, events, press === 'Keep it in my session' ? '' : before, until);
    await note(press);
  }
  await end();
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
