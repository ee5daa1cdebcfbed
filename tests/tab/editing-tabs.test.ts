// Two tabs edit the same example.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { listSetAside } from '../../site/playground/editing/aside.ts';
import { course, eachWithItsOwn, openTab, stored } from './edits.ts';

eachWithItsOwn();

test('what another tab stores is shown where this one has changed nothing', () => {
  const [one, two] = [openTab(), openTab()];
  two.edits.set('client.ts', 'from two');
  one.edits.set('server.ts', 'from one');
  one.edits.flush();
  two.hear();
  assert.deepEqual(two.taken, ['server.ts']);
  assert.equal(two.edits.text('server.ts'), 'from one');
  two.edits.flush();
  assert.deepEqual(stored().files, { 'client.ts': 'from two', 'server.ts': 'from one' });
  assert.deepEqual(two.notices, []);
});

/** Both have changed server.ts; one has stored it. */
function clash() {
  const [one, two] = [openTab(), openTab()];
  one.edits.set('server.ts', 'from one');
  one.edits.flush();
  two.edits.set('server.ts', 'from two');
  return { one, two };
}

test('another tab is not overwritten, even if its event has not arrived', () => {
  const { two } = clash();
  mock.timers.tick(300);
  assert.equal(stored().files['server.ts'], 'from one');
  assert.equal(two.edits.text('server.ts'), 'from two');
  assert.match(two.notices.join(), /Another tab has changed server\.ts too/);
  two.edits.set('server.ts', 'from two, longer');
  two.edits.set('client.ts', 'no clash here');
  two.edits.flush();
  assert.deepEqual(stored().files, { 'server.ts': 'from one', 'client.ts': 'no clash here' });
});

test('a tab that is closed before the reader chose has set its text aside', () => {
  const { two } = clash();
  two.edits.flush();
  two.edits.set('server.ts', 'from two, newest');
  two.edits.dispose();
  const [kept, ...more] = listSetAside('door');
  assert.match(kept?.text ?? '', /from two, newest/);
  assert.equal(more.length, 0, 'one text, not one for each change');
  assert.match(openTab().notices.join(), /set aside, not deleted/);
});

test('the reader who chooses this tab has its text stored, and nothing aside', () => {
  const { one, two } = clash();
  two.hear();
  two.edits.flush();
  two.edits.settle('mine');
  assert.equal(stored().files['server.ts'], 'from two');
  assert.deepEqual([two.notices, listSetAside('door')], [[], []]);
  one.hear();
  assert.equal(one.edits.text('server.ts'), 'from two');
});

test('the reader who chooses the other tab is shown its text', () => {
  const { two } = clash();
  two.edits.flush();
  two.edits.settle('theirs');
  assert.deepEqual(two.taken, ['server.ts']);
  assert.equal(two.edits.text('server.ts'), 'from one');
  assert.deepEqual([two.notices, listSetAside('door')], [[], []]);
});

test('events of other keys, and of a closed tab, change nothing', () => {
  const [one, two] = [openTab(), openTab()];
  one.edits.set('server.ts', 'from one');
  one.edits.flush();
  two.hear('handshake.edits.other');
  assert.equal(two.edits.text('server.ts'), course['server.ts']);
  two.edits.dispose();
  const before = two.taken.length;
  two.hear();
  assert.equal(two.taken.length, before);
});
