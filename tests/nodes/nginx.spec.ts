// nginx in front of two nodes, with the file that the example ships: TLS, sticky sessions, cookies, addresses.
import process from 'node:process';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { freePort } from '../support/child.ts';
import { type Example, type Options, until } from '../support/example.ts';
import { logInForCookie, PASSWORD, post } from '../support/http.ts';
import { lab, nobody } from '../support/lab.ts';
import { hasSecondAddress, needNginx, startNginx } from '../support/nginx.ts';
import { test as base, expect } from '../support/nodes.ts';
import { once } from '../support/plain.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';

type Change = Parameters<typeof startNginx>[2];
interface Site {
  /** `https://localhost:PORT` */
  origin: string;
  nodes: readonly [Example, Example];
}

const test = base.extend<{ startSite: (change?: Change, options?: Options) => Promise<Site> }>({
  startSite: async ({ startNode }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (change, options = {}) => {
      needNginx();
      const port = await freePort();
      const origin = `https://localhost:${port}`;
      const proxied = { NODE_ENV: 'production', TRUST_PROXY: '127.0.0.1', ORIGINS: origin };
      const all = { ...options, env: { ...proxied, ...options.env } };
      const nodes = [await startNode(all), await startNode(all)] as const;
      ends.push(await startNginx(port, [nodes[0].origin, nodes[1].origin], change));
      return { origin, nodes };
    });
    for (const end of ends) await end();
  },
});

test('behind TLS the login sets a __Host- cookie, and the browser sends it over wss', async ({
  startSite,
  browser,
  watch,
  expected,
}) => {
  expected.push(...nobody);
  const { origin } = await startSite();
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  watch(page);
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.goto(origin);
  const { log, signIn, press } = lab(page);
  await signIn('ann');
  await expect(log).toContainText('connected as socket');
  await press('The same, by WebSocket alone');
  await expect.poll(() => sockets.some((url) => !url.includes('sid='))).toBe(true);
  await press('Who am I?');
  await expect(log).toContainText('you are {"id":"u1","name":"ann","role":"member"}');
  expect(
    sockets.every((url) => url.startsWith(`${origin.replace('https', 'wss')}/socket.io/`)),
  ).toBe(true);
  expect(await page.context().cookies()).toEqual([
    expect.objectContaining({ name: '__Host-sid', secure: true, httpOnly: true, path: '/' }),
  ]);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.close();
});

test('behind a proxy that does not say https, a login gets no cookie', async ({ startSite }) => {
  const { origin } = await startSite([['proxy_set_header X-Forwarded-Proto $scheme;', '']]);
  const answer = await post(`${origin}/login`, { username: 'ann', password: PASSWORD });
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('nginx that hashes the session sends every poll to one node', async ({ startSite }) => {
  const { origin } = await startSite();
  for (const name of ['ann', 'bob', 'root']) {
    const raw = await openPolling(origin, { Cookie: await logInForCookie(origin, name) });
    expect((await raw.connect()).kind).toBe('connected');
    for (let n = 0; n < 5; n += 1) {
      await raw.send('421["whoami"]');
      expect(await raw.next('431')).toContain(`"${name}"`);
    }
    raw.close();
  }
});

test('nginx that takes turns breaks polling: 400, Session ID unknown', async ({ startSite }) => {
  const { origin } = await startSite([['hash $stays_with consistent;', '']]);
  const url = `${origin}/socket.io/?EIO=4&transport=polling`;
  const { sid } = JSON.parse((await (await fetch(url)).text()).slice(1));
  const poll = await fetch(`${url}&sid=${sid}`);
  expect([poll.status, await poll.json()]).toEqual([
    400,
    { code: 1, message: 'Session ID unknown' },
  ]);
});

test('WebSocket alone needs no sticky sessions', async ({ startSite }) => {
  const { origin } = await startSite([['hash $stays_with consistent;', '']]);
  const login = { Cookie: await logInForCookie(origin) };
  for (let n = 0; n < 4; n += 1) {
    const raw = await openWebSocket(origin, login);
    expect((await raw.connect()).kind).toBe('connected');
    raw.close();
  }
});

test('without the Upgrade header no WebSocket gets through, and polling does', async ({
  startSite,
}) => {
  const { origin } = await startSite([['proxy_set_header Upgrade $http_upgrade;', '']]);
  await expect(openWebSocket(origin)).rejects.toThrow('400');
  (await openPolling(origin)).close();
});

/** Knocks from another address of this machine, without a login; gives what the nodes log as the client's address. */
async function knock({ origin, nodes }: Site, headers: Record<string, string> = {}) {
  const url = `${origin.replace('https', 'wss')}/socket.io/?EIO=4&transport=websocket`;
  const seen = () => nodes.flatMap(({ log }) => log).filter(({ event }) => event === 'refused');
  const before = seen().length;
  const socket = new WebSocket(url, { headers, localAddress: '127.0.0.2' });
  socket.on('open', () => socket.send('40')).on('error', () => {});
  await until(() => seen().length > before, 3_000);
  socket.terminate();
  return seen().at(-1)?.address;
}

test.describe('the address of a client', () => {
  test.beforeEach(() => test.skip(!hasSecondAddress, 'this machine has one loopback address'));

  test('behind nginx the log names the client, whatever X-Forwarded-For it sends', async ({
    startSite,
  }) => {
    const site = await startSite();
    expect(await knock(site)).toBe('127.0.0.2');
    expect(await knock(site, { 'X-Forwarded-For': '203.0.113.9' })).toBe('127.0.0.2');
  });

  test('without TRUST_PROXY every client has the address of the proxy', async ({ startSite }) => {
    expect(await knock(await startSite([], { env: { TRUST_PROXY: '' } }))).toBe('127.0.0.1');
  });

  test('behind a proxy that appends, who reads X-Forwarded-For from its start believes the client', async ({
    startSite,
  }) => {
    const appends = [
      ['X-Forwarded-For $remote_addr;', 'X-Forwarded-For $proxy_add_x_forwarded_for;'],
    ] as const;
    const made = { 'X-Forwarded-For': '203.0.113.9' };
    expect(await knock(await startSite(appends), made)).toBe('127.0.0.2');
    const whole = '.find((address, hop) => !trusts(address, hop))';
    const variant = [[`chain${whole} ?? `, '', 'engine.ts']] as const;
    expect(await knock(await startSite(appends, { variant }), made)).toBe('203.0.113.9');
  });

  test("Socket.IO's handshake.address is the proxy's, and the header is there to be read", async ({
    plainServer,
    startSite,
  }) => {
    void startSite; // its nginx is another one
    needNginx();
    const { io: server, origin } = await plainServer();
    const port = await freePort();
    const end = await startNginx(port, [origin, origin]);
    const connected = once(server as unknown as NodeJS.EventEmitter, 'connection');
    const url = `wss://localhost:${port}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { localAddress: '127.0.0.2' });
    socket.on('open', () => socket.send('40'));
    const [{ handshake }] = await connected;
    expect(handshake.address).toContain('127.0.0.1');
    expect(handshake.headers['x-forwarded-for']).toBe('127.0.0.2');
    socket.terminate();
    await end();
  });
});

test('when a node is killed, nginx sends its clients to the other', async ({ startSite }) => {
  const { origin } = await startSite();
  const headers = { Cookie: await logInForCookie(origin) };
  const ann = io(origin, { extraHeaders: headers, forceNew: true });
  const [{ node }] = await once(ann, 'online');
  process.kill(Number(node), 'SIGKILL'); // one of the two that this test has started
  await once(ann, 'disconnect');
  const [again] = await once(ann, 'online');
  expect(again.node).not.toBe(node);
  expect(await ann.emitWithAck('whoami')).toMatchObject({ name: 'ann' });
  ann.close();
});
