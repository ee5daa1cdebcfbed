import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/port.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function example(...args: string[]) {
  const command = ['scripts/run.mjs', 'example', ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
}

test('without a name the examples are listed', () => {
  const { status, stdout } = example();
  assert.equal(status, 0);
  for (const name of ['auth-field', 'jwt-cookie', 'multi-node', 'open-door']) {
    assert.match(stdout, new RegExp(`^ {2}npm run example ${name}$`, 'm'));
  }
});

test('an unknown example is said to be one, and exits 2', () => {
  const { status, stdout, stderr } = example('no-such');
  assert.equal(status, 2);
  assert.match(stderr, /There is no example "no-such"\./);
  assert.match(stdout, /npm run example auth-field/);
});

test('a wrong port or a misspelled option exits 2 and says why', () => {
  for (const [option, value] of [
    ['--port', 'many'],
    ['--port', '70000'],
    ['--prot', '0'],
  ] as const) {
    const { status, stderr } = example('auth-field', option, value);
    assert.equal(status, 2, `${option} ${value}`);
    assert.match(stderr, /port must be a number|Unknown option/);
  }
});

test('a port that is in use is passed over', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const free = await freePort(port);
  server.close();
  assert.ok(free > port);
});
