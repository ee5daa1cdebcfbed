// What every example has in common: how it starts, signs in, and ends.
import process from 'node:process';
import { io } from 'socket.io-client';
import { audit } from '../support/axe.ts';
import { get, logIn, logInForCookie, PASSWORD, post } from '../support/http.ts';
import { carriers, type Headers } from '../support/shape.ts';
import { expect, test } from '../support/test.ts';

/** The server that most tests share. Those that other tests share would do; here the packages are npm's own. */
const asInstalled = { asInstalled: true };

for (const each of carriers) {
  const { name, cookie, asks = cookie, secret = 'JWT_SECRET', options } = each;
  const behindProxy = { env: { TRUST_PROXY: 'loopback' } };
  const withoutSecret = { env: { [secret]: '' } };
  /** Signs in; gives the headers that say so from then on. */
  const signIn = async (origin: string, username?: string): Promise<Headers> =>
    cookie
      ? { Cookie: await logInForCookie(origin, username) }
      : { Authorization: `Bearer ${await logIn(origin, username)}` };

  test.describe(name, () => {
    test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server
    test('prints one ready line, and answers on localhost', async ({ shareExample }) => {
      const example = await shareExample(name, asInstalled);
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
      const { origin } = await shareExample(name, asInstalled);
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
      const { origin } = await shareExample(name, asInstalled);
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
      const { origin } = await shareExample(name, asInstalled);
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

    test('after five wrong passwords in a minute a login has to wait', async ({ shareExample }) => {
      const example = await shareExample(name, asInstalled);
      const { origin } = example;
      const wrong = () => post(`${origin}/login`, { username: 'bob', password: 'wrong' });
      const statuses = (await Promise.all([1, 2, 3, 4, 5].map(wrong))).map(({ status }) => status);
      expect(statuses).toEqual([401, 401, 401, 401, 401]);
      const sixth = await post(`${origin}/login`, { username: 'bob', password: PASSWORD });
      expect(sixth.status).toBe(429);
      expect(Number(sixth.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await signIn(origin, 'ann')).toBeTruthy();
      await example.stop(); // Bob would have to wait in the next test too
    });

    test('behind a proxy that is named, each address has its own five', async ({
      shareExample,
    }) => {
      test.skip(name === 'open-door', 'the open door trusts nobody, and shuts nobody out');
      const { origin } = await shareExample(name, behindProxy);
      const wrong = async (address: string) => {
        const headers = { 'X-Forwarded-For': address };
        return (await post(`${origin}/login`, { username: 'bob', password: 'x' }, headers)).status;
      };
      const first = ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1'];
      expect(await Promise.all(first.map(wrong))).toEqual([401, 401, 401, 401, 401]);
      expect(await wrong('192.0.2.1')).toBe(429);
      expect(await wrong('192.0.2.2')).toBe(401);
    });

    test('without a secret it makes one and says that logins end with it', async ({
      shareExample,
    }) => {
      const example = await shareExample(name, withoutSecret);
      expect(example.errors).toEqual([expect.stringMatching('logins end with it')]);
      const me = (headers: Headers) => fetch(`${example.origin}/me`, { headers });
      const forged = example.sign();
      const login = cookie ? { Cookie: `token=${forged}` } : { Authorization: `Bearer ${forged}` };
      expect((await me(login)).status).toBe(401);
      expect((await me(await signIn(example.origin))).status).toBe(200);
    });

    // They end the servers of the two tests before.
    for (const [signal, settings] of [
      ['SIGINT', behindProxy],
      ['SIGTERM', withoutSecret],
    ] as const) {
      test(`${signal} ends it with 0 in under 2 s, sockets open`, async ({ shareExample }) => {
        test.skip(process.platform === 'win32', 'Windows has no signals: there it is Ctrl-C');
        const example = await shareExample(name, settings);
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
  });
}
