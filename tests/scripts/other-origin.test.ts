import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import process from 'node:process';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = ['examples/lib/other-origin.ts', '--target', 'http://localhost:3002'];

function refused(...args: string[]) {
  const [file = ''] = page;
  return spawnSync(process.execPath, [file, ...args], { cwd: root, encoding: 'utf8' });
}

/** Starts a command and collects its lines; what is still running ends with the test. */
async function start(context: test.TestContext, args: string[], env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  for await (const line of reader) {
    lines.push(line);
    if (line.startsWith('other origin ')) break;
  }
  return { child, lines, origin: lines.at(-1)?.slice('other origin '.length) ?? '' };
}

async function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  await once(child, 'exit');
  return child.exitCode;
}

test('--other-origin serves a foreign page beside the example, and both end together', async (context) => {
  const command = ['scripts/run.mjs', 'example', 'jwt-cookie', '--other-origin', '--port', '0'];
  const { child, lines, origin } = await start(context, command, { JWT_SECRET: 'x'.repeat(32) });
  assert.equal(lines.length, 2);
  const ready = /^ready (http:\/\/localhost:\d+)$/.exec(lines[0] ?? '')?.[1];
  assert.ok(ready);
  assert.match(lines[1] ?? '', /^other origin http:\/\/localhost:\d+$/);
  assert.notEqual(origin, ready);
  assert.match(await (await fetch(origin)).text(), new RegExp(`data-target="${ready}"`));
  if (process.platform === 'win32') return; // no signals there
  assert.equal(await endOf(child, 'SIGTERM'), 0);
  await assert.rejects(fetch(ready));
  await assert.rejects(async () => {
    for (let i = 0; i < 100; i += 1) await fetch(origin); // it has been told to end
  });
});

test('the foreign page takes another port when its own is in use, and ends with 0', async (context) => {
  const first = await start(context, page);
  const second = await start(context, page);
  assert.notEqual(first.origin, second.origin);
  if (process.platform === 'win32') return;
  assert.equal(await endOf(first.child, 'SIGINT'), 0);
  assert.equal(await endOf(second.child, 'SIGTERM'), 0);
});

test('the foreign page goes for localhost alone: another target exits 2', () => {
  for (const target of [
    'http://example.com',
    'http://127.0.0.1:3002',
    'http://localhost.example.com:3002',
    'http://localhost@example.com',
    'file://localhost/etc',
    'localhost:3002',
    '',
  ]) {
    const { status, stderr } = refused('--target', target);
    assert.equal(status, 2, target);
    assert.match(stderr, /The target must be an example on localhost/);
  }
  for (const args of [[], ['--port', 'many', ...page.slice(1)], ['--traget', 'x']]) {
    const { status, stderr } = refused(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /--target http:\/\/localhost:PORT \[--port N\]/);
  }
});

test('a port that is asked for and in use ends the foreign page with 1', async (context) => {
  const { origin } = await start(context, [...page, '--port', '0']);
  const { port } = new URL(origin);
  const { status, stderr } = refused(...page.slice(1), '--port', port);
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`Cannot listen on port ${port}`));
});

test('the foreign page listens on loopback only, whatever HOST says', async (context) => {
  const outside = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!outside) return context.skip('this machine has no address but loopback');
  const { origin } = await start(context, [...page, '--port', '0'], { HOST: '0.0.0.0' });
  assert.equal((await fetch(origin)).status, 200);
  await assert.rejects(fetch(`http://${outside.address}:${new URL(origin).port}`));
});
