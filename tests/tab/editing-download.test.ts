import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { folderOf, textsOf } from '../../site/playground/editing/download.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const example = 'open-door';
const packages = { 'socket.io': '4.8.4', express: '5.3.0' };

function filesOf(...folders: string[]): Record<string, string> {
  return Object.fromEntries(
    folders.flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => {
        const path = `${folder}/${name}`;
        return [path, readFileSync(join(root, path), 'utf8')];
      }),
    ),
  );
}

const files = filesOf(`examples/${example}`, 'examples/lib');

async function unzipped(options: Parameters<typeof folderOf>[0]): Promise<Record<string, string>> {
  const blob = await folderOf(options);
  assert.equal(blob.type, 'application/zip');
  const zip = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  return Object.fromEntries(Object.entries(zip).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

test('the zip has every file, byte for byte, in one folder of its own', async () => {
  const server = `examples/${example}/server.ts`;
  const edited = { ...files, [server]: `// mine: “ä, 鍵”\n${files[server]}` };
  const zip = await unzipped({ example, files: edited, packages });
  for (const [path, text] of Object.entries(edited))
    assert.equal(zip[`handshake-open-door/${path}`], text, path);
  assert.equal(Object.keys(zip).length, Object.keys(edited).length + 2);
});

test('the package starts the server, with exact versions and the Node that it needs', async () => {
  const texts = textsOf({ example, files, packages });
  assert.deepEqual(JSON.parse(texts['handshake-open-door/package.json'] ?? ''), {
    name: 'handshake-open-door',
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: { start: 'node examples/open-door/server.ts' },
    dependencies: { express: '5.3.0', 'socket.io': '4.8.4' },
  });
  assert.match(texts['handshake-open-door/README.md'] ?? '', /npm install\nnpm start/);
});

test('a path outside the two folders is refused', () => {
  for (const path of [
    '../evil.ts',
    '/etc/passwd',
    'examples/lib/../../evil.ts',
    'examples/lib/..',
    'examples/lib//x.ts',
    'examples\\lib\\x.ts',
    'examples/lib/a\\..\\b',
    'examples/other/server.ts',
    'examples/lib',
    'package.json',
  ])
    assert.throws(
      () => textsOf({ example, files: { ...files, [path]: '' }, packages }),
      /is neither in/,
      path,
    );
});

test('a version that is not exact is refused, and so is a folder with nothing to start', () => {
  assert.throws(() => textsOf({ example, files, packages: { zod: '^4.6.7' } }), /exact version/);
  assert.throws(
    () => textsOf({ example, files: { 'examples/lib/env.ts': '' }, packages }),
    /no examples\/open-door\/server\.ts/,
  );
});

test('the unzipped server starts, and ends on SIGTERM', { timeout: 20_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'handshake-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(await unzipped({ example, files, packages }))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const cwd = join(folder, 'handshake-open-door');
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'), 'junction');
  const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
  const [, ...args] = scripts.start.split(' ');
  const server = spawn(process.execPath, [...args, '--port', '0'], { cwd, stdio: 'pipe' });
  context.after(() => server.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  assert.match(line, /^ready http:\/\/localhost:\d+$/);
  const page = await fetch(line.slice('ready '.length));
  assert.equal(page.status, 200);
  server.kill('SIGTERM');
  await once(server, 'close');
});
