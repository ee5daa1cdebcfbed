import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import test from 'node:test';
import { findProgram, isThere, missing } from '../../scripts/service.ts';

function program(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test('a program is found on the PATH first, then in its folders, the newest of a pattern', (context) => {
  const root = mkdtempSync(join(tmpdir(), 'service-'));
  const { PATH } = process.env;
  context.after(() => {
    process.env.PATH = PATH;
  });
  process.env.PATH = [join(root, 'nothing'), join(root, 'path')].join(delimiter);
  const service = { program: 'a-server', package: 'a', folders: [join(root, 'lib', '*', 'bin')] };
  assert.equal(findProgram(service), undefined);
  program(join(root, 'lib', '14', 'bin'), 'a-server');
  const newest = program(join(root, 'lib', '15', 'bin'), 'a-server');
  assert.equal(findProgram(service), newest);
  const onPath = program(join(root, 'path'), 'a-server');
  assert.equal(findProgram(service), onPath);
});

test('a service whose variable is set is there, and one that is missing says what to do', (context) => {
  const service = { program: 'no-such-server', package: 'none', variable: 'NO_SUCH_URL' };
  context.after(() => delete process.env.NO_SUCH_URL);
  assert.equal(isThere(service), false);
  assert.equal(
    missing(service),
    'No no-such-server found: install the package none, or set NO_SUCH_URL to one that runs.',
  );
  process.env.NO_SUCH_URL = 'redis://127.0.0.1:1';
  assert.equal(isThere(service), true);
});
