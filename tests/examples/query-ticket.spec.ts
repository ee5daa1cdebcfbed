// A ticket in the URL: who gets in with a stolen one, what it outlives, and how it is used up once.
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '../../examples/lib/refusal.ts';
import type { Example, Options } from '../support/example.ts';
import { askForTicket, bearer, buy, get, logIn, post } from '../support/http.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';
import { connectPage, engineUrls } from './query-page.ts';

type StartExample = (name: string, options?: Options) => Promise<Example>;

test.describe.configure({ mode: 'default' }); // in one worker, to share servers

test('a stolen ticket that comes first is in, and its owner is refused with TICKET_USED', async ({
  shareExample,
}) => {
  const example = await shareExample('query-ticket');
  const query = { ticket: await buy(example.origin, await logIn(example.origin)) };
  const thief = await openWebSocket(example.origin, {}, query);
  expect((await thief.connect()).kind).toBe('connected');
  const owner = await openWebSocket(example.origin, {}, query);
  expect(await owner.connect()).toMatchObject({ kind: 'refused', code: 'TICKET_USED' });
  expect(example.log.at(-1)).toMatchObject({ event: 'refused', code: 'TICKET_USED', user: 'u1' });
  thief.close();
});

test('the owner of a stolen ticket ends the thief by signing out', async ({ shareExample }) => {
  const { origin } = await shareExample('query-ticket');
  const token = await logIn(origin);
  const thief = await openWebSocket(origin, {}, { ticket: await buy(origin, token) });
  expect((await thief.connect()).kind).toBe('connected');
  await post(`${origin}/logout`, {}, bearer(token));
  expect(await thief.next('42["ended"')).toContain('TOKEN_INVALID');
  expect(await thief.isClosed(500)).toBe(true);
});

test('one ticket serves every namespace of its connection', async ({ startExample }) => {
  const example = await startExample('query-ticket');
  await example.steer({ do: 'namespace', name: '/beside' });
  const query = { ticket: await buy(example.origin, await logIn(example.origin)) };
  const raw = await openWebSocket(example.origin, {}, query);
  expect((await raw.connect()).kind).toBe('connected');
  expect((await raw.connect(undefined, '/beside')).kind).toBe('connected');
  raw.close();
});

test('a socket outlives its ticket, and ends with the login that bought it', async ({
  startExample,
}) => {
  const example = await startExample('query-ticket', { env: { TICKET_TTL: '1' } });
  const token = example.sign({ exp: Math.floor(Date.now() / 1000) + 3 });
  const raw = await openWebSocket(example.origin, {}, { ticket: await buy(example.origin, token) });
  await raw.connect();
  await wait(1_200);
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('"ann"');
  expect(await raw.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
});

test('the page of query-ticket comes back with another ticket, and no URL holds the token', async ({
  page,
  startExample,
}) => {
  const example = await startExample('query-ticket');
  const token = await connectPage(page, example, 'A new ticket');
  await page.getByRole('button', { name: 'Cut the transport' }).click();
  await expect(page.getByText('connected as socket')).toHaveCount(2);
  const urls = await engineUrls(example);
  const tickets = urls.map((url) => /ticket=([\w-]{43})&/.exec(url)?.[1]);
  expect(new Set(tickets).size).toBe(2);
  expect(tickets).not.toContain(undefined);
  expect(urls.join()).not.toContain(token);
});

test('a ticket says nothing by itself, and its answer is not kept', async ({ shareExample }) => {
  const { origin } = await shareExample('query-ticket');
  const response = await askForTicket(origin, await logIn(origin));
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const { ticket } = await response.json();
  expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
  expect((await get(`${origin}/me`, ticket)).status).toBe(401);
});

test('of 21 tickets bought in a row the last is refused', async ({ shareExample }) => {
  const example = await shareExample('query-ticket');
  const token = example.sign({ sub: await example.steer({ do: 'user' }) }); // the limit is per user
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) {
    statuses.push((await askForTicket(example.origin, token)).status);
  }
  expect(statuses).toEqual([...Array(20).fill(200), 429]);
});

/** Tickets in another process, with whose they are: each call takes a moment, as one to Redis does. */
class SharedTickets {
  private readonly owners = new Map<string, string>();

  async set(ticket: string, owner: string): Promise<void> {
    await wait(1);
    this.owners.set(ticket, owner);
  }

  async get(ticket: string): Promise<string | undefined> {
    await wait(1);
    return this.owners.get(ticket);
  }

  async delete(ticket: string): Promise<void> {
    await wait(1);
    this.owners.delete(ticket);
  }

  /** `GETDEL` of Redis: both in one step. */
  async take(ticket: string): Promise<string | undefined> {
    await wait(1);
    const owner = this.owners.get(ticket);
    this.owners.delete(ticket);
    return owner;
  }
}

/** How many of two nodes are given the owner of one ticket at the same moment. */
async function winners(redeem: (store: SharedTickets, ticket: string) => Promise<string>) {
  const store = new SharedTickets();
  await store.set('t', 'u1');
  const nodes = await Promise.allSettled([redeem(store, 't'), redeem(store, 't')]);
  return nodes.filter(({ status }) => status === 'fulfilled').length;
}

test('a ticket that is looked up, then deleted, is redeemed on two nodes at once', async () => {
  // #region two-steps
  async function redeem(store: SharedTickets, ticket: string): Promise<string> {
    const owner = await store.get(ticket);
    if (owner === undefined) throw new Refusal('TICKET_USED');
    await store.delete(ticket);
    return owner;
  }
  // #endregion
  expect(await winners(redeem)).toBe(2);
});

test('a ticket that is taken in one step is redeemed on one node', async () => {
  // #region one-step
  async function redeem(store: SharedTickets, ticket: string): Promise<string> {
    const owner = await store.take(ticket);
    if (owner === undefined) throw new Refusal('TICKET_USED');
    return owner;
  }
  // #endregion
  expect(await winners(redeem)).toBe(1);
});

/** How many of two clients get in with one ticket when `redeem` waits before this line of it. */
async function inWithWaitBefore(start: StartExample, line: string): Promise<number> {
  const pause = 'await new Promise((resolve) => setTimeout(resolve, 100));';
  const example = await start('query-ticket', {
    variant: [
      ['function redeem(ticket: unknown): Claims', 'async function redeem(ticket: unknown)'],
      ['??= redeem(', '??= await redeem('],
      [line, `${pause} ${line}`],
    ],
  });
  const query = { ticket: await buy(example.origin, example.sign()) };
  const raws = await Promise.all([1, 2].map(() => openWebSocket(example.origin, {}, query)));
  const answers = await Promise.all(raws.map((raw) => raw.connect()));
  for (const raw of raws) raw.close();
  await example.stop();
  return answers.filter(({ kind }) => kind === 'connected').length;
}

test('an await between the look at a ticket and its mark lets two in, one before the look does not', async ({
  startExample,
}) => {
  const counts: Record<string, number> = {};
  for (const line of [
    'const sold =',
    'if (sold.used)',
    'if (sold.until <=',
    'sold.used = true;',
    'return sold.claims;',
  ]) {
    counts[line] = await inWithWaitBefore(startExample, line);
  }
  expect(Object.values(counts)).toEqual([1, 1, 2, 2, 1]);
});
