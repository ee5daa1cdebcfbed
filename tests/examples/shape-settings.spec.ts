// What every example says when it cannot start, and where its settings come from.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { Example, SECRET, until } from '../support/example.ts';
import { carriers } from '../support/shape.ts';
import { expect, test } from '../support/test.ts';

/** Starts an example that must not start; gives its exit code and what it said. */
async function fails(name: string, env: Record<string, string>, args: string[] = []) {
  const example = new Example(name, { env, args });
  await until(() => !example.alive, 10_000);
  return { code: await example.stop(), said: example.errors };
}

for (const { name, secret = 'JWT_SECRET', short, good = SECRET, ttl = 'TOKEN_TTL' } of carriers) {
  test.describe(name, () => {
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
