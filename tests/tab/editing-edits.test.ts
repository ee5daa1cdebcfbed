// What a reader changes is stored, and nothing else.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { hashOf } from '../../site/playground/editing/hash.ts';
import { course, eachWithItsOwn, KEY, openTab, storage, stored } from './edits.ts';

eachWithItsOwn();

test('the hash is FNV-1a of 64 bits', () => {
  assert.equal(hashOf(''), 'cbf29ce484222325');
  assert.equal(hashOf('a'), 'af63dc4c8601ec8c');
  assert.equal(hashOf('foobar'), '85944171f73967e8');
});

test('a change is stored 300 ms after the last one, with the hash of what it was made from', () => {
  const { edits, notices } = openTab();
  edits.set('server.ts', 'listen(1);\n');
  mock.timers.tick(299);
  edits.set('server.ts', 'listen(12);\n');
  mock.timers.tick(299);
  assert.equal(stored(), null);
  mock.timers.tick(1);
  assert.deepEqual(stored(), {
    version: 1,
    files: { 'server.ts': 'listen(12);\n' },
    base: { 'server.ts': hashOf(course['server.ts']) },
  });
  assert.deepEqual(notices, []);
  assert.equal(openTab().edits.text('server.ts'), 'listen(12);\n');
});

test('only files that differ from the course are kept, and none leave no key', () => {
  const { edits } = openTab();
  edits.set('server.ts', 'mine');
  edits.set('client.ts', 'mine too');
  edits.set('client.ts', course['client.ts']);
  edits.flush();
  assert.deepEqual(Object.keys(stored().files), ['server.ts']);
  assert.deepEqual(edits.changed, ['server.ts']);
  edits.set('server.ts', course['server.ts']);
  edits.flush();
  assert.equal(storage.getItem(KEY), null);
});

for (const type of ['pagehide', 'visibilitychange'])
  test(`${type} stores what waits`, () => {
    const { edits, events } = openTab();
    edits.set('server.ts', 'mine');
    events.dispatchEvent(new Event(type));
    assert.equal(stored().files['server.ts'], 'mine');
  });

test('a file that the example does not have cannot be edited', () => {
  const { edits } = openTab();
  assert.throws(() => edits.set('__proto__', 'x'), /has no file "__proto__"/);
  assert.throws(() => edits.text('toString'), /has no file/);
});
