import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stackOf } from '../../site/tab/stack.ts';

test("a stack of Firefox's is told as V8 would: name and message first, then the places", () => {
  const stack =
    'check@examples/auth-field/server.ts:61:9\nasync*@examples/auth-field/server.ts:80:3\n';
  assert.equal(
    stackOf('TypeError: x is undefined', stack),
    [
      'TypeError: x is undefined',
      '    at check (examples/auth-field/server.ts:61:9)',
      '    at examples/auth-field/server.ts:80:3',
    ].join('\n'),
  );
});

test("a stack of V8's stays as it is, and so does one that somebody wrote", () => {
  const { stack = '' } = new Error('ann@example.org:1:2');
  assert.equal(stackOf('Error: ann@example.org:1:2', stack), stack);
  assert.equal(
    stackOf('Error: later', 'SourceError: server.ts:1:7: no'),
    'SourceError: server.ts:1:7: no',
  );
});

test('an error without a stack, or what is no error, is told by its text', () => {
  assert.equal(stackOf('Error: gone', ''), 'Error: gone');
  assert.equal(stackOf('just a string', undefined), 'just a string');
});
