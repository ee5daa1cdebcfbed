// A credential in the URL: who reads it there, when the client sends it, and what a ticket changes.
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import express from 'express';
import type { Server, Socket } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { Refusal } from '../../examples/lib/refusal.ts';
import type { Example, Options } from '../support/example.ts';
import { get, logIn, post } from '../support/http.ts';
import { once } from '../support/plain.ts';
import { openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

type StartExample = (name: string, options?: Options) => Promise<Example>;

/** The URLs that reach the engine, as a proxy before it would log them. */
async function engineUrls(example: Example): Promise<string[]> {
  const urls = (await example.steer({ do: 'urls' })) as string[];
  return urls.filter((url) => url.startsWith('/socket.io/?'));
}

/** Signs in on the page and connects as the page does; gives the token, once the upgrade is done. */
async function connectPage(page: Page, { origin }: Example, button: string): Promise<string> {
  await page.goto(origin);
  const login = page.waitForResponse('**/login');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const upgraded = page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await page.getByRole('button', { name: button, exact: true }).click();
  await (await upgraded).waitForEvent('framesent', ({ payload }) => payload === '5');
  await expect(page.getByRole('log')).toContainText('connected as socket');
  return (await (await login).json()).token;
}

/** What each CONNECT to this server had in its query, in order. */
function queriesAt(io: Server): Record<string, unknown>[] {
  const queries: Record<string, unknown>[] = [];
  io.use((socket, next) => {
    queries.push({ ...socket.handshake.query });
    next();
  });
  return queries;
}

/** Every URL that reaches the engine of a bare server. */
function urlsAt(io: Server): string[] {
  const urls: string[] = [];
  io.engine.use((req: { url: string }, _res: unknown, next: () => void) => {
    urls.push(req.url);
    next();
  });
  return urls;
}

async function buy({ origin }: Example, token: string): Promise<string> {
  const response = await post(`${origin}/ticket`, {}, { Authorization: `Bearer ${token}` });
  const { ticket }: { ticket: string } = await response.json();
  return ticket;
}

test('one connect puts the token into at least four request URLs', async ({
  page,
  startExample,
}) => {
  const example = await startExample('query-token');
  const token = await connectPage(page, example, 'My token');
  const urls = await engineUrls(example);
  expect(urls.length).toBeGreaterThanOrEqual(4);
  expect(urls.filter((url) => !url.includes(`token=${token}`))).toEqual([]);
  expect(urls.some((url) => url.includes('transport=websocket'))).toBe(true);
});

test('the token in a line of the access log opens a connection as its owner', async ({
  page,
  startExample,
}) => {
  const example = await startExample('query-token');
  await connectPage(page, example, 'My token');
  const [line] = await engineUrls(example);
  const token = /token=([^&]+)/.exec(line ?? '')?.[1] ?? '';
  const thief = await openWebSocket(example.origin, {}, { token });
  expect((await thief.connect()).kind).toBe('connected');
  await thief.send('421["whoami"]');
  expect(await thief.next('431')).toBe('431[{"id":"u1","name":"ann","role":"member"}]');
  await expect(page.getByRole('status')).toHaveText('Signed in as ann, connected.');
  expect(example.log).toEqual([]);
  thief.close();
});

test('over WebSocket alone one URL holds the query, and none the sid', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const urls = urlsAt(io);
  const client = connect(origin, { query: { token: 'mine' }, transports: ['websocket'] });
  await once(client, 'connect');
  client.emit('one');
  await wait(100);
  client.close();
  expect(urls).toEqual(['/socket.io/?token=mine&EIO=4&transport=websocket']);
});

test('on polling the query stands in the URL of every request, for as long as the connection lasts', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const urls = urlsAt(io);
  io.on('connection', (socket: Socket) => socket.on('ask', (answer) => answer()));
  const client = connect(origin, { query: { token: 'mine' }, transports: ['polling'] });
  await once(client, 'connect');
  const before = urls.length;
  for (let n = 0; n < 3; n += 1) await client.emitWithAck('ask');
  client.close();
  expect(urls.length).toBeGreaterThanOrEqual(before + 6); // a POST and a GET each
  expect(urls.filter((url) => !url.includes('token=mine&'))).toEqual([]);
});

/** Opens a page, goes on to another, and gives what then tells of the first. */
async function traces(page: Page, open: () => Promise<unknown>) {
  const sent: Promise<string | null>[] = [];
  page.on('request', (request) => sent.push(request.headerValue('referer')));
  await open();
  const address = page.url();
  await page.evaluate(() => location.assign('/?next'));
  await page.waitForURL('**/?next');
  const history: string = await page.evaluate('navigation.entries().map(({ url }) => url).join()');
  const referers = [await page.evaluate(() => document.referrer), ...(await Promise.all(sent))];
  return { address, history, referers: referers.join() };
}

test('the token of a socket stands in no Referer, no history and not in the address of the page', async ({
  page,
  startExample,
}) => {
  const example = await startExample('query-token');
  let token = '';
  const open = async () => {
    token = await connectPage(page, example, 'My token');
  };
  const { address, history, referers } = await traces(page, open);
  for (const trace of [address, history, referers]) {
    expect(trace).toContain(`${example.origin}/`);
    expect(trace).not.toContain(token);
  }
});

test('a token in the address of a page stands in its history, and in the Referer of its requests', async ({
  page,
  startExample,
}) => {
  const { origin } = await startExample('query-token');
  const { history, referers } = await traces(page, () => page.goto(`${origin}/?token=mine`));
  expect(history).toContain('token=mine');
  expect(referers).toContain('token=mine');
});

test('a script that arrives later reads the token off the performance entries, of polling only', async ({
  page,
  startExample,
}) => {
  const token = await connectPage(page, await startExample('query-token'), 'My token');
  await page.addScriptTag({
    content: `document.title = performance.getEntriesByType('resource').map(({ name }) => name).join(' ')`,
  });
  const names = (await page.title()).split(' ').filter((name) => name.includes(token));
  expect(names.length).toBeGreaterThanOrEqual(2);
  expect(names.filter((name) => !name.includes('transport=polling'))).toEqual([]);
});

test('of ?token=a&token=b the engine keeps the last, and Express both', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const kept: unknown[] = [];
  io.engine.on('connection', ({ request }) => kept.push(request._query.token));
  const app = express().get('/', (req, res) => void res.json(req.query['token']));
  const other = app.listen(0);
  const { port } = other.address() as { port: number };
  await fetch(`${origin}/socket.io/?EIO=4&transport=polling&token=a&token=b`);
  const response = await fetch(`http://localhost:${port}/?token=a&token=b`);
  other.close();
  expect([kept, await response.json()]).toEqual([['b'], ['a', 'b']]);
});

test('what stands in the query is text: an object or an array cannot get there', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const kept: unknown[] = [];
  io.engine.on('connection', ({ request }) => kept.push(request._query.token));
  for (const query of [
    '',
    'token',
    'token[]=a',
    'token[sub]=u1',
    '__proto__[token]=a',
    'token=7',
  ]) {
    await fetch(`${origin}/socket.io/?EIO=4&transport=polling&${query}`);
  }
  expect(kept).toEqual([undefined, '', undefined, undefined, undefined, '7']);
});

test('allowRequest sees the query', async ({ plainServer }) => {
  const seen: unknown[] = [];
  const { origin } = await plainServer({
    allowRequest: (req, answer) => {
      seen.push(new URL(req.url ?? '', 'http://any').searchParams.get('ticket'));
      answer(null, true);
    },
  });
  const client = connect(origin, { query: { ticket: 'mine' } });
  await once(client, 'connect');
  client.close();
  expect(seen).toEqual(['mine']);
});

test('a changed query is sent with the next connection, and not before', async ({
  plainServer,
}) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  io.of('/beside');
  const client = connect(origin, { query: { ticket: 'first' }, reconnectionDelay: 10 });
  const beside = client.io.socket('/beside');
  const opened = once(io, 'connection');
  await Promise.all([once(client, 'connect'), once(beside.connect(), 'connect')]);
  client.io.opts.query = { ticket: 'second' };
  const [socket] = await opened;
  const left = once(socket, 'disconnect');
  client.disconnect(); // leaves the namespace; the connection stays, for the other one
  await left;
  client.connect();
  await once(client, 'connect');
  client.io.engine.close();
  await once(client, 'connect');
  client.disconnect();
  beside.disconnect();
  expect(queries.map(({ ticket }) => ticket)).toEqual(['first', 'first', 'second']);
});

test('a reconnection presents the query of the first connection again', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  const client = connect(origin, { query: { ticket: 'first' }, reconnectionDelay: 10 });
  await once(client, 'connect');
  client.io.engine.close();
  await once(client, 'connect');
  client.close();
  expect(queries.map(({ ticket }) => ticket)).toEqual(['first', 'first']);
});

test('a function given as query is not asked', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  let asked = false;
  const query = () => {
    asked = true;
    return { ticket: 'mine' };
  };
  const client = connect(origin, { query: query as never });
  await once(client, 'connect');
  client.close();
  expect([asked, queries[0]?.['ticket']]).toEqual([false, undefined]);
});

test('a ticket bought in reconnect_attempt comes one attempt too late', async ({ plainServer }) => {
  const { io, origin } = await plainServer();
  const queries = queriesAt(io);
  const client = connect(origin, { query: { ticket: 'first' }, reconnectionDelay: 10 });
  client.io.on('reconnect_attempt', async () => {
    const ticket = await Promise.resolve('second'); // as short as a purchase can be
    client.io.opts.query = { ticket };
  });
  for (let turn = 0; turn < 3; turn += 1) {
    await once(client, 'connect');
    if (turn < 2) client.io.engine.close();
  }
  client.close();
  expect(queries.map(({ ticket }) => ticket)).toEqual(['first', 'first', 'second']);
});

test('a stolen ticket that comes first is in, and its owner is refused with TICKET_USED', async ({
  startExample,
}) => {
  const example = await startExample('query-ticket');
  const query = { ticket: await buy(example, await logIn(example.origin)) };
  const thief = await openWebSocket(example.origin, {}, query);
  expect((await thief.connect()).kind).toBe('connected');
  const owner = await openWebSocket(example.origin, {}, query);
  expect(await owner.connect()).toMatchObject({ kind: 'refused', code: 'TICKET_USED' });
  expect(example.log.at(-1)).toMatchObject({ event: 'refused', code: 'TICKET_USED', user: 'u1' });
  thief.close();
});

test('the owner of a stolen ticket ends the thief by signing out', async ({ startExample }) => {
  const example = await startExample('query-ticket');
  const token = await logIn(example.origin);
  const thief = await openWebSocket(example.origin, {}, { ticket: await buy(example, token) });
  expect((await thief.connect()).kind).toBe('connected');
  await post(`${example.origin}/logout`, {}, { Authorization: `Bearer ${token}` });
  expect(await thief.next('42["ended"')).toContain('TOKEN_INVALID');
  expect(await thief.isClosed(500)).toBe(true);
});

test('one ticket serves every namespace of its connection', async ({ startExample }) => {
  const example = await startExample('query-ticket');
  await example.steer({ do: 'namespace', name: '/beside' });
  const query = { ticket: await buy(example, await logIn(example.origin)) };
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
  const raw = await openWebSocket(example.origin, {}, { ticket: await buy(example, token) });
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

test('a ticket says nothing by itself, and its answer is not kept', async ({ startExample }) => {
  const example = await startExample('query-ticket');
  const headers = { Authorization: `Bearer ${await logIn(example.origin)}` };
  const response = await post(`${example.origin}/ticket`, {}, headers);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const { ticket } = await response.json();
  expect(Buffer.from(ticket, 'base64url')).toHaveLength(32);
  expect((await get(`${example.origin}/me`, ticket)).status).toBe(401);
});

test('of 21 tickets bought in a row the last is refused', async ({ startExample }) => {
  const example = await startExample('query-ticket');
  const headers = { Authorization: `Bearer ${example.sign()}` };
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) {
    statuses.push((await post(`${example.origin}/ticket`, {}, headers)).status);
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
  const query = { ticket: await buy(example, example.sign()) };
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
