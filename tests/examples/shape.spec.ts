// What every example has in common: how it starts, signs in, and ends.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { audit } from '../support/axe.ts';
import { Example, until } from '../support/example.ts';
import { get, logIn, PASSWORD, post } from '../support/http.ts';
import { openPolling, openWebSocket } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** Starts an example that must not start; gives its exit code and what it said. */
async function fails(name: string, env: Record<string, string>, args: string[] = []) {
  const example = new Example(name, { env, args });
  await until(() => !example.alive, 10_000);
  return { code: await example.stop(), said: example.errors };
}

for (const name of ['auth-field', 'open-door']) {
  test.describe(name, () => {
    test('prints one ready line, and answers on localhost', async ({ startExample }) => {
      const example = await startExample(name);
      expect(example.lines.filter((line) => line.startsWith('ready'))).toEqual([
        expect.stringMatching(/^ready http:\/\/localhost:\d+$/),
      ]);
      expect((await get(example.origin)).status).toBe(200);
    });

    for (const scheme of ['light', 'dark'] as const) {
      test(`axe finds nothing on its page, ${scheme}`, async ({ page, startExample }) => {
        const { origin } = await startExample(name);
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width: 360, height: 740 });
        await page.goto(origin);
        expect(await audit(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      });
    }

    test('login answers a token, and GET /me who it is', async ({ startExample }) => {
      const { origin } = await startExample(name);
      expect((await get(`${origin}/me`)).status).toBe(401);
      const token = await logIn(origin);
      const me = await get(`${origin}/me`, token);
      expect(await me.json()).toEqual({ id: 'u1', name: 'ann', role: 'member' });
      const out = await post(`${origin}/logout`, '', { Authorization: `Bearer ${token}` });
      expect(out.status).toBe(204);
    });

    test('a bad login answers 400 or 401, and never a stack', async ({ startExample }) => {
      const { origin } = await startExample(name);
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
      expect(await logIn(origin, 'ann')).toBeTruthy();
    });

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      test(`${signal} ends it with 0 in under 2 s, sockets open`, async ({ startExample }) => {
        test.skip(process.platform === 'win32', 'Windows has no signals: there it is Ctrl-C');
        const example = await startExample(name);
        for (const open of [openWebSocket, openPolling]) {
          await (await open(example.origin)).connect({ token: example.sign() });
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
      const { code, said } = await fails(name, {}, ['--port', String(port)]);
      other.close();
      expect(code).toBe(1);
      expect(said).toEqual([expect.stringMatching(`Port ${port} is in use.`)]);
    });

    test('a short secret or a wrong number is said in one line, and ends it with 1', async () => {
      const secret = await fails(name, { JWT_SECRET: 'short' });
      expect(secret.code).toBe(1);
      expect(secret.said).toEqual([expect.stringMatching('JWT_SECRET has 5 bytes and needs 32')]);
      const ttl = await fails(name, { TOKEN_TTL: 'soon' });
      expect(ttl.code).toBe(1);
      expect(ttl.said).toEqual([expect.stringMatching('TOKEN_TTL must be a whole number')]);
    });

    test('without a secret it makes one and says that logins end with it', async ({
      startExample,
    }) => {
      const example = await startExample(name, { env: { JWT_SECRET: '' } });
      expect(example.errors).toEqual([expect.stringMatching('logins end with it')]);
      expect((await get(`${example.origin}/me`, example.sign())).status).toBe(401);
      expect((await get(`${example.origin}/me`, await logIn(example.origin))).status).toBe(200);
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
