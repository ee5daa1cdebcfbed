// react-hook is auth-field with another page: its server is kept beside it so that the folder can be copied whole. So the
// attacks on auth-field are attacks on it, and are not run twice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const linesOf = (name: string) =>
  readFileSync(new URL(`../../examples/${name}/server.ts`, import.meta.url), 'utf8').split('\n');

test('the server of react-hook is that of auth-field but for its page and its port', () => {
  const [own, other] = [linesOf('react-hook'), linesOf('auth-field')];
  assert.deepEqual(
    own.filter((line) => !other.includes(line)),
    ["import { page } from './page.ts';", 'const own = await listen(http, io, 3010);'],
  );
  assert.deepEqual(
    other.filter((line) => !own.includes(line)),
    ["import { page } from '../lib/page.ts';", 'const own = await listen(http, io, 3001);'],
  );
  const shared = (lines: string[]) =>
    lines.filter((line) => !/^import .*page|await listen/.test(line));
  assert.deepEqual(shared(own), shared(other));
});
