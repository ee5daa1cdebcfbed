// What the compiler says of sockets, and what it does not: the files of tests/content/types, compiled.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readRegion } from '../../site/regions.ts';
import { expected, typeErrors } from '../support/compile.ts';

const root = process.cwd();
const folder = 'tests/content/types/';
const files = ['server', 'client', 'session'].map((name) => `${folder}${name}.ts`);
const errors = typeErrors(root, files);

/** The compiler says of the region what its comments expect, line by line, and nothing else; gives how often. */
function saysAsExpected(name: string, region: string): number {
  const file = `${folder}${name}.ts`;
  const { line, endLine } = readRegion(readFileSync(file, 'utf8'), region, file);
  const found = errors.filter((e) => e.file === file && e.line >= line && e.line <= endLine);
  const wanted = expected(root, file, region);
  assert.deepEqual(
    found.map((error) => error.line),
    wanted.map((error) => error.line),
    found.map(({ said }) => said).join('\n'),
  );
  for (const [at, { said }] of found.entries()) {
    const words = wanted[at]?.said ?? 'nothing';
    assert.ok(said.includes(words), `${said}\nand not\n${words}`);
  }
  return found.length;
}

test('outside of what they expect, the files compile', () => {
  const wanted = files.flatMap((file) => readFileSync(file, 'utf8').match(/@ts-expect-error: /g));
  assert.equal(errors.length, wanted.length, JSON.stringify(errors, null, 2));
});

test('an event that is not declared, or has another payload, does not compile', () => {
  assert.equal(saysAsExpected('server', 'events'), 3);
});

test('without event maps every name and every payload compiles, and socket.data is any', () => {
  assert.equal(saysAsExpected('server', 'any'), 0);
});

test('socket.use and onAny get any, whatever the maps say', () => {
  assert.equal(saysAsExpected('server', 'before'), 0);
});

test('a handler that trusts a declared payload compiles', () => {
  assert.equal(saysAsExpected('server', 'promised'), 0);
});

test('a payload of type unknown does not compile until it is parsed', () => {
  assert.equal(saysAsExpected('server', 'unknown'), 1);
});

test('handshake.auth is any: a token is used unchecked, unless it is taken as unknown', () => {
  assert.equal(saysAsExpected('server', 'handshake'), 2);
});

test('a property of your own on a socket is not on those of fetchSockets, for the compiler', () => {
  assert.equal(saysAsExpected('server', 'data'), 1);
});

test('socket.request knows no session; as a Request it knows the fields that were declared', () => {
  assert.equal(saysAsExpected('session', 'request'), 2);
});

test('an answer that may be an error does not compile until it is narrowed', () => {
  assert.equal(saysAsExpected('client', 'answer'), 1);
});

test('the data of a connect_error is any: taken as unknown it has to be parsed', () => {
  assert.equal(saysAsExpected('client', 'refusal'), 1);
});
