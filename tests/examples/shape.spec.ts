// What every example has in common: how it starts, signs in, and ends.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { io } from 'socket.io-client';
import { audit } from '../support/axe.ts';
import { Example, SECRET, until } from '../support/example.ts';
import { get, logIn, logInForCookie, PASSWORD, post } from '../support/http.ts';
import { ISSUER_KEY } from '../support/issuer.ts';
import { expect, test } from '../support/test.ts';

/** Starts an example that must not start; gives its exit code and what it said. */
async function fails(name: string, env: Record<string, string>, args: string[] = []) {
  const example = new Example(name, { env, args });
  await until(() => !example.alive, 10_000);
  return { code: await example.stop(), said: example.errors };
}

/** What an example's login gives, and how a client presents it. */
interface Carrier {
  name: string;
  cookie?: true;
  /** Its page asks at once whether anybody is signed in, and may hear 401. */
  asks?: true;
  secret?: string;
  /** What is said of a secret that is five bytes long; default: that it needs 32. */
  short?: RegExp;
  /** One that will do, where the secret of the tests does not. */
  good?: string;
  ttl?: string;
  /** Turns the login's headers into the client's options. */
  options: (login: Headers, origin: string) => object | Promise<object>;
}
type Headers = Record<string, string>;
const tokenOf = (login: Headers) => login['Authorization']?.slice('Bearer '.length);
const asAuth = (login: Headers) => ({ auth: { token: tokenOf(login) } });
const asCookie = (login: Headers) => ({ extraHeaders: login });

const session = {
  cookie: true,
  secret: 'SESSION_SECRET',
  ttl: 'SESSION_TTL',
  options: asCookie,
} as const;

const carriers: Carrier[] = [
  { name: 'open-door', options: asAuth },
  { name: 'auth-field', options: asAuth },
  { name: 'refresh-rotation', asks: true, options: asAuth },
  { name: 'recovery', options: asAuth },
  { name: 'rooms', options: asAuth },
  { name: 'query-token', options: (login) => ({ query: { token: tokenOf(login) } }) },
  {
    name: 'query-ticket',
    options: async (headers, origin) => {
      const response = await fetch(`${origin}/ticket`, { method: 'POST', headers });
      return { query: await response.json() };
    },
  },
  { name: 'react-hook', options: asAuth },
  { name: 'jwt-cookie', cookie: true, options: asCookie },
  { name: 'session-passport', ...session },
  { name: 'multi-node', ...session },
  { name: 'chat', ...session },
  {
    name: 'jwks',
    secret: 'ISSUER_KEY',
    short: /^ISSUER_KEY is no RSA private key/,
    good: ISSUER_KEY,
    options: asAuth,
  },
];

for (const each of carriers) {
  const {
    name,
    cookie,
    asks = cookie,
    secret = 'JWT_SECRET',
    short,
    good = SECRET,
    ttl = 'TOKEN_TTL',
    options,
  } = each;
  /** Signs in; gives the headers that say so from then on. */
  const signIn = async (origin: string, username?: string): Promise<Headers> =>
    cookie
      ? { Cookie: await logInForCookie(origin, username) }
      : { Authorization: `Bearer ${await logIn(origin, username)}` };

  test.describe(name, () => {
    test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server
    test('prints one ready line, and answers on localhost', async ({ shareExample }) => {
      const example = await shareExample(name);
      expect(example.lines.filter((line) => line.startsWith('ready'))).toEqual([
        expect.stringMatching(/^ready http:\/\/localhost:\d+$/),
      ]);
      expect((await get(example.origin)).status).toBe(200);
    });

    test('axe finds nothing on its page, light and dark', async ({
      page,
      shareExample,
      expected,
    }) => {
      if (asks) expected.push(/401/);
      const { origin } = await shareExample(name);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto(origin);
      expect(await audit(page), 'light').toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await page.emulateMedia({ colorScheme: 'dark' }); // in the dark only colors differ
      expect(await audit(page, { only: ['color-contrast'] }), 'dark').toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    });

    test('GET /me says who a login is, and logout ends it', async ({ shareExample }) => {
      const { origin } = await shareExample(name);
      const me = (headers: Headers) => fetch(`${origin}/me`, { headers });
      const logout = (headers: Headers) => post(`${origin}/logout`, {}, headers);
      expect((await me({})).status).toBe(401);
      expect((await logout({})).status).toBe(401);
      const login = await signIn(origin);
      expect(await (await me(login)).json()).toEqual({ id: 'u1', name: 'ann', role: 'member' });
      expect((await logout(login)).status).toBe(204);
      if (name !== 'open-door') expect((await me(login)).status).toBe(401);
    });

    test('a bad login answers 400 or 401, and never a stack', async ({ shareExample }) => {
      const { origin } = await shareExample(name);
      const bodies = ['{', '[]', 'null', '{"username":1}', '"x"', '', JSON.stringify({ a: 1 })];
      for (const body of bodies) {
        const response = await post(`${origin}/login`, body);
        expect(response.status, body).toBe(400);
        expect(await response.text()).not.toMatch(/ at |node_modules|server\.ts/);
      }
      const huge = await post(`${origin}/login`, { username: 'x'.repeat(3_000), password: 'x' });
      expect(huge.status).toBe(413);
      for (const [username, password] of [
        ['ann', 'wrong'],
        ['nobody', PASSWORD],
        ['dave', PASSWORD],
      ]) {
        const response = await post(`${origin}/login`, { username, password });
        expect(response.status, username).toBe(401);
      }
      expect(await (await get(`${origin}/%`)).text()).not.toMatch(/ at |node_modules/);
    });

    test('after five wrong passwords in a minute a login has to wait', async ({ startExample }) => {
      const { origin } = await startExample(name);
      const wrong = () => post(`${origin}/login`, { username: 'bob', password: 'wrong' });
      const statuses = (await Promise.all([1, 2, 3, 4, 5].map(wrong))).map(({ status }) => status);
      expect(statuses).toEqual([401, 401, 401, 401, 401]);
      const sixth = await post(`${origin}/login`, { username: 'bob', password: PASSWORD });
      expect(sixth.status).toBe(429);
      expect(Number(sixth.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await signIn(origin, 'ann')).toBeTruthy();
    });

    test('behind a proxy that is named, each address has its own five', async ({
      startExample,
    }) => {
      test.skip(name === 'open-door', 'the open door trusts nobody, and shuts nobody out');
      const { origin } = await startExample(name, { env: { TRUST_PROXY: 'loopback' } });
      const wrong = async (address: string) => {
        const headers = { 'X-Forwarded-For': address };
        return (await post(`${origin}/login`, { username: 'bob', password: 'x' }, headers)).status;
      };
      const first = ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1'];
      expect(await Promise.all(first.map(wrong))).toEqual([401, 401, 401, 401, 401]);
      expect(await wrong('192.0.2.1')).toBe(429);
      expect(await wrong('192.0.2.2')).toBe(401);
    });

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      test(`${signal} ends it with 0 in under 2 s, sockets open`, async ({ startExample }) => {
        test.skip(process.platform === 'win32', 'Windows has no signals: there it is Ctrl-C');
        const example = await startExample(name);
        const login = await signIn(example.origin);
        for (const transport of ['websocket', 'polling']) {
          const how = await options(login, example.origin);
          const socket = io(example.origin, { ...how, transports: [transport], forceNew: true });
          await new Promise<void>((resolve) => socket.on('connect', resolve));
          socket.io.reconnection(false);
        }
        const start = performance.now();
        expect(await example.stop(signal)).toBe(0);
        expect(performance.now() - start).toBeLessThan(2_000);
      });
    }

    test('a port in use is said in one line, and ends it with 1', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await until(() => other.listening, 1_000);
      const { port } = other.address() as AddressInfo;
      const { code, said } = await fails(name, { [secret]: good }, ['--port', String(port)]);
      other.close();
      expect(code).toBe(1);
      expect(said).toEqual([expect.stringMatching(`Port ${port} is in use.`)]);
    });

    test('a short secret or a wrong number is said in one line, and ends it with 1', async () => {
      const five = await fails(name, { [secret]: 'short' });
      expect(five.code).toBe(1);
      const words = short ?? `${secret} has 5 bytes and needs 32`;
      expect(five.said).toEqual([expect.stringMatching(words)]);
      const soon = await fails(name, { [secret]: good, [ttl]: 'soon' });
      expect(soon.code).toBe(1);
      expect(soon.said).toEqual([expect.stringMatching(`${ttl} must be a whole number`)]);
    });

    test('without a secret it makes one and says that logins end with it', async ({
      startExample,
    }) => {
      const example = await startExample(name, { env: { [secret]: '' } });
      expect(example.errors).toEqual([expect.stringMatching('logins end with it')]);
      const me = (headers: Headers) => fetch(`${example.origin}/me`, { headers });
      const forged = example.sign();
      const login = cookie ? { Cookie: `token=${forged}` } : { Authorization: `Bearer ${forged}` };
      expect((await me(login)).status).toBe(401);
      expect((await me(await signIn(example.origin))).status).toBe(200);
    });
  });
}

test('a .env file in the folder of the server is loaded', async () => {
  const folder = test.info().outputPath('my-app');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.env'), 'TOKEN_TTL=77\n');
  const lib = new URL('../../examples/lib/env.ts', import.meta.url);
  writeFileSync(
    join(folder, 'server.ts'),
    `import { env } from '${lib}'; console.log(String(env.seconds('TOKEN_TTL', 900)));`,
  );
  const output = execFileSync(process.execPath, [join(folder, 'server.ts')], { encoding: 'utf8' });
  expect(output.trim()).toBe('77');
});
