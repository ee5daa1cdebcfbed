// Every example in the tab, on the built site: a sign-in, a connection, and whatever its lessons name is on the wire.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { WireReader } from '../../site/playground/wire/decode.ts';
import { findLast } from '../../site/playground/wire/find.ts';
import type { WireEvent } from '../../site/tab/wire.ts';
import { goodbye, lab, nobody } from '../support/lab.ts';
import { expect, playground } from '../support/playground.ts';
import { test } from '../support/test.ts';

test.describe.configure({ timeout: 90_000 }); // two browsers and a server in one process

const lessons = fileURLToPath(new URL('../../dist/lessons/', import.meta.url));

/** What the built lessons name of an example, by lesson. The page only lends its parser. */
async function namedIn(page: Page, example: string): Promise<[lesson: string, text: string][]> {
  const files = globSync('*/index.html', { cwd: lessons });
  expect(files.length).toBeGreaterThan(20);
  const texts = files.map((file) => [file, readFileSync(`${lessons}${file}`, 'utf8')] as const);
  const shown = texts.filter(([, html]) => html.includes(`data-example="${example}"`));
  return page.evaluate(
    ([name, pages]) =>
      pages.flatMap(([file, html]) => {
        const lesson = new DOMParser().parseFromString(html, 'text/html');
        if (!lesson.querySelector(`tab-playground[data-example="${name}"]`)) return [];
        const named = [...lesson.querySelectorAll<HTMLElement>('.sent, .wire li[data-find]')];
        return named.map((each): [string, string] => [
          file,
          each.dataset['find'] ?? each.textContent,
        ]);
      }),
    [example, shown] as const,
  );
}

/** Presses a button, and waits for what the log says of it. */
interface Step {
  press: string;
  hear: string;
  /** A field to fill before: its label and the text. */
  fill?: [label: string, text: string];
}

/** By example, what makes all that its lessons name. */
const runs: Record<string, Step[]> = {
  'open-door': [
    { press: 'GET /messages', hear: '401' },
    { press: 'Open a socket', hear: 'connected as' },
    { press: 'Sign in as ann and POST it', hear: 'ann: The merger is on Friday.' },
  ],
  'auth-field': [
    { press: 'No token', hear: 'TOKEN_MISSING' },
    { press: 'Garbage', hear: 'TOKEN_INVALID' },
    { press: 'My token, at /admin', hear: 'FORBIDDEN' },
    { press: 'My token', hear: 'connected as' },
    { press: 'Who am I?', hear: 'you are' },
  ],
  'jwt-cookie': [
    { press: 'What the browser has', hear: 'connected as' },
    { press: 'Say it', hear: 'ann: hello', fill: ['Message', 'hello'] },
    { press: 'Plant a second cookie', hear: 'TOKEN_INVALID' },
  ],
  'query-token': [{ press: 'My token', hear: 'connected as' }],
  rooms: [
    { press: 'My token, at /team-red', hear: 'connected as' },
    { press: 'My token, at /team-blue', hear: 'FORBIDDEN' },
    { press: 'My token', hear: 'connected as' },
    { press: 'Join', hear: 'join: {"ok":true}' },
    { press: 'Say it as root', hear: 'ann: you are all dismissed' },
    { press: 'Send null for a message', hear: 'BAD_PAYLOAD' },
    { press: '25 events at once', hear: 'RATE_LIMITED' },
  ],
  'query-ticket': [
    { press: 'A new ticket', hear: 'connected as' },
    { press: 'The same ticket again', hear: 'TICKET_USED' },
  ],
  'refresh-rotation': [
    { press: 'A token of the moment', hear: 'connected as' },
    { press: 'Refresh', hear: 'new token for the open socket' },
  ],
  'session-passport': [
    { press: 'Sign in', hear: 'login 401', fill: ['Name', 'dave'] },
    { press: 'Sign in', hear: 'connected as', fill: ['Name', 'ann'] },
    { press: 'Who am I?', hear: 'you are' },
    { press: 'Keep it in my session', hear: '', fill: ['My status', 'at lunch'] },
    { press: 'Sign out', hear: 'signed out' },
    { press: 'No cookie', hear: 'SESSION_MISSING' },
  ],
  recovery: [
    { press: 'My token', hear: 'connected as' },
    { press: 'Come back', hear: 'root: the third' },
    { press: "Come back with bob's token", hear: 'FORBIDDEN' },
  ],
};

/** What comes by itself, 25 seconds after the last one: too late for a test. `wire-packets.test.ts` reads them. */
const LATE = ['2', '3'];

type Playground = ReturnType<typeof playground>;

/** What only one of them has to show, in the same visit, as soon as it is connected. */
const besides: Record<string, [what: string, look: (here: Playground) => Promise<void>]> = {
  'auth-field': ['the token in CONNECT is opened on the wire', openToken],
  'jwt-cookie': [
    'a page of another origin is sent the cookie, and reads nothing',
    lookFromElsewhere,
  ],
};

for (const [example, steps] of Object.entries(runs)) {
  test(`${example} runs in the tab, and every packet that a lesson names of it is in the trace of its run`, async ({
    page,
    expected,
  }) => {
    expected.push(...goodbye, ...nobody);
    const named = await namedIn(page, example);
    expect(named.length).toBeGreaterThan(1);
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      document.addEventListener('wire', (event) => heard.push((event as CustomEvent).detail));
    });
    const here = playground(page);
    const { open, inside, wire } = here;
    await open(example);
    const { button, log, signIn } = lab(inside);
    if (!['open-door', 'session-passport'].includes(example)) await signIn();
    let connected = false;
    for (const { press, hear, fill } of steps) {
      if (fill) await inside.getByLabel(fill[0], { exact: true }).fill(fill[1]);
      await expect(button(press)).toBeEnabled();
      await button(press).click();
      await expect(log).toContainText(hear);
      if (connected || hear !== 'connected as') continue;
      connected = true;
      await expect(wire.locator('ol')).toContainText('CONNECT /');
      const [what, look] = besides[example] ?? [];
      if (what && look) await test.step(what, () => look(here));
    }
    expect(connected).toBe(true);
    await expect(async () => {
      const events: WireEvent[] = await page.evaluate(() => Reflect.get(window, 'heard'));
      const reader = new WireReader();
      const items = events.map((event) => reader.read(event));
      const missing = named.filter(([, text]) => !LATE.includes(text) && findLast(items, text) < 0);
      expect(missing).toEqual([]);
    }).toPass({ timeout: 10_000 });
  });
}

async function openToken({ inside, wire }: Playground): Promise<void> {
  await expect(inside.getByRole('log')).toContainText('connected as socket');
  const packet = wire.locator('li', { hasText: '40{"token":"eyJ' }).first();
  await packet.locator('summary').click();
  await expect(packet).toContainText('HS256');
  await expect(packet).toContainText('handshake-sockets');
  await expect(packet).toContainText(/expires in 14 min/);
}

async function lookFromElsewhere({ panel, button, wire }: Playground): Promise<void> {
  await button('Open a page of another origin').click();
  const foreign = panel.frameLocator('iframe[title="Another origin"]');
  await foreign.getByRole('button', { name: 'A WebSocket', exact: true }).click();
  await expect(foreign.getByRole('log')).toContainText(/closed|refused|no connection/i);
  const asked = wire.locator('li', { hasText: 'WebSocket, opens' }).last();
  await asked.locator('summary').click();
  await expect(asked).toContainText('http://localhost:4002');
  await expect(asked).toContainText('token=eyJ');
}
