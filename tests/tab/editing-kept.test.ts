// A reader's text is never lost: not to a storage that is full, to what cannot be read, or to a new course.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { listSetAside } from '../../site/playground/editing/aside.ts';
import { hashOf } from '../../site/playground/editing/hash.ts';
import { course, eachWithItsOwn, emptyStorage, KEY, openTab, storage, stored } from './edits.ts';

eachWithItsOwn();

test('where storage is blocked the edit lives on in the page, which says so once there is one', () => {
  storage.blocked = true;
  const { edits, notices } = openTab();
  assert.deepEqual(notices, []);
  edits.set('server.ts', 'mine');
  mock.timers.tick(300);
  assert.match(notices.join(), /not saved: this browser’s storage is blocked or full/);
  assert.equal(edits.text('server.ts'), 'mine');
  storage.blocked = false;
  edits.flush();
  assert.equal(stored().files['server.ts'], 'mine');
  assert.deepEqual(notices, []);
});

test('where storage is full the edit lives on, what was stored stays, and each change tries again', () => {
  const { edits, notices } = openTab();
  edits.set('server.ts', 'short');
  edits.flush();
  storage.room = 120;
  edits.set('server.ts', 'long '.repeat(99));
  mock.timers.tick(300);
  assert.match(notices.join(), /blocked or full/);
  assert.equal(edits.text('server.ts').length, 495);
  assert.equal(stored().files['server.ts'], 'short');
  storage.room = 9999;
  edits.set('server.ts', 'long '.repeat(98));
  mock.timers.tick(300);
  assert.deepEqual(notices, []);
  assert.equal(stored().files['server.ts'].length, 490);
});

test('what cannot be read is set aside, whole, and the notice says so', () => {
  for (const text of ['{oops', '[]', '{"version":1}', '{"version":1,"files":{"server.ts":7}}']) {
    emptyStorage();
    storage.setItem(KEY, text);
    const { edits, notices } = openTab();
    assert.deepEqual(
      listSetAside('door').map((kept) => kept.text),
      [text],
    );
    assert.match(notices.join(), /set aside, not deleted/);
    edits.set('server.ts', 'mine');
    edits.flush();
    assert.equal(stored().files['server.ts'], 'mine');
  }
});

test('of a document that can be read in part, the readable files are used', () => {
  storage.setItem(KEY, '{"version":1,"files":{"server.ts":7,"client.ts":"mine"},"base":{}}');
  const { edits } = openTab();
  assert.equal(edits.text('client.ts'), 'mine');
  assert.equal(edits.text('server.ts'), course['server.ts']);
  assert.equal(listSetAside('door').length, 1);
});

test('what cannot be set aside is not overwritten', () => {
  storage.setItem(KEY, '{oops');
  storage.room = 0;
  const { edits, notices } = openTab();
  edits.set('server.ts', 'mine');
  edits.flush();
  assert.equal(storage.getItem(KEY), '{oops');
  assert.match(notices.join(), /blocked or full/);
});

test('a newer version is left untouched, and the edit lives on in the page', () => {
  const newer = '{"version":2,"files":[]}';
  storage.setItem(KEY, newer);
  const { edits, notices } = openTab();
  assert.match(notices.join(), /newer version of this site/);
  edits.set('server.ts', 'mine');
  mock.timers.tick(300);
  assert.equal(storage.getItem(KEY), newer);
  assert.equal(edits.text('server.ts'), 'mine');
});

test('when the course has changed since, the reader keeps the text and is told', () => {
  const first = openTab();
  first.edits.set('server.ts', 'mine');
  first.edits.set('client.ts', 'mine');
  first.edits.dispose();
  const { edits, notices } = openTab({ ...course, 'server.ts': 'listen(3002);\n' });
  assert.equal(edits.text('server.ts'), 'mine');
  assert.match(notices.join(), /new version of server\.ts since you changed it/);
  edits.set('server.ts', 'mine, again');
  assert.equal(notices.length, 1, 'another change does not make it new');
  edits.accept('server.ts');
  assert.deepEqual(notices, []);
  edits.flush();
  assert.equal(stored().base['server.ts'], hashOf('listen(3002);\n'));
});

test('an edit of a file that the course no longer has is kept, and said', () => {
  const first = openTab();
  first.edits.set('client.ts', 'mine');
  first.edits.dispose();
  const { edits, notices } = openTab({ 'server.ts': course['server.ts'] });
  assert.match(notices.join(), /client\.ts/);
  assert.equal(edits.text('client.ts'), 'mine');
  edits.set('server.ts', 'mine');
  edits.flush();
  assert.equal(stored().files['client.ts'], 'mine');
});
