import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { listSetAside } from '../../site/playground/editing/aside.ts';
import { EditStore } from '../../site/playground/editing/edits.ts';
import { hashOf } from '../../site/playground/editing/hash.ts';

const KEY = 'handshake.edits.door';
const course = { 'server.ts': 'listen(3001);\n', 'client.ts': 'io();\n' };

/** localStorage as browsers have it: keys are properties, and `room` limits what a value may hold. */
class FakeStorage {
  static room = Number.POSITIVE_INFINITY;
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null;
  }
  setItem(key: string, text: string): void {
    if (text.length > FakeStorage.room) throw new DOMException('full', 'QuotaExceededError');
    Reflect.set(this, key, text);
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

let storage: FakeStorage;
let blocked = false;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  storage = new FakeStorage();
  FakeStorage.room = Number.POSITIVE_INFINITY;
  blocked = false;
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get() {
      if (blocked) throw new DOMException('blocked', 'SecurityError');
      return storage;
    },
  });
});
afterEach(() => mock.timers.reset());

/** A tab with the example open. */
function openTab(files: Record<string, string> = course) {
  const events = new EventTarget();
  const notices: string[] = [];
  const taken: string[] = [];
  const edits = new EditStore({
    example: 'door',
    course: files,
    onNotice: (said) => void notices.splice(0, notices.length, ...said),
    onTaken: (paths) => void taken.push(...paths),
    events,
  });
  const hear = (key: string | null = KEY) =>
    events.dispatchEvent(Object.assign(new Event('storage'), { key }));
  return { edits, events, notices, taken, hear };
}

const stored = () => JSON.parse(storage.getItem(KEY) ?? 'null');

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

test('where storage is blocked the edit lives on in the page, which says so once there is one', () => {
  blocked = true;
  const { edits, notices } = openTab();
  assert.deepEqual(notices, []);
  edits.set('server.ts', 'mine');
  mock.timers.tick(300);
  assert.match(notices.join(), /not saved: this browser’s storage is blocked or full/);
  assert.equal(edits.text('server.ts'), 'mine');
  blocked = false;
  edits.flush();
  assert.equal(stored().files['server.ts'], 'mine');
  assert.deepEqual(notices, []);
});

test('where storage is full the edit lives on, what was stored stays, and each change tries again', () => {
  const { edits, notices } = openTab();
  edits.set('server.ts', 'short');
  edits.flush();
  FakeStorage.room = 120;
  edits.set('server.ts', 'long '.repeat(99));
  mock.timers.tick(300);
  assert.match(notices.join(), /blocked or full/);
  assert.equal(edits.text('server.ts').length, 495);
  assert.equal(stored().files['server.ts'], 'short');
  FakeStorage.room = 9999;
  edits.set('server.ts', 'long '.repeat(98));
  mock.timers.tick(300);
  assert.deepEqual(notices, []);
  assert.equal(stored().files['server.ts'].length, 490);
});

test('what cannot be read is set aside, whole, and the notice says so', () => {
  for (const text of ['{oops', '[]', '{"version":1}', '{"version":1,"files":{"server.ts":7}}']) {
    storage = new FakeStorage();
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
  FakeStorage.room = 0;
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
