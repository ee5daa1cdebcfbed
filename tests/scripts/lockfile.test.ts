import assert from 'node:assert/strict';
import test from 'node:test';
import { findGaps } from '../../scripts/lockfile.ts';

const nested = 'node_modules/tool/node_modules/binding-mac';

test('a complete lockfile has no gaps', () => {
  const packages = {
    '': {},
    'node_modules/tool': { optionalDependencies: { 'binding-linux': '1', 'binding-mac': '1' } },
    'node_modules/binding-linux': {},
    [nested]: {},
  };
  assert.deepEqual(findGaps({ packages }), []);
});

test('a platform that the lockfile leaves out is named', () => {
  const packages = {
    'node_modules/tool': { optionalDependencies: { 'binding-win32': '^2.0.0' } },
    'node_modules/other/node_modules/binding-win32': {},
  };
  assert.deepEqual(findGaps({ packages }), [
    'node_modules/tool needs binding-win32@^2.0.0 on some platform: no entry',
  ]);
});

test('a lockfile that names a host is refused', () => {
  const packages = { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } };
  assert.match(findGaps({ packages })[0] ?? '', /names the host/);
});
