import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { listSetAside, setAside } from '../../site/playground/editing/aside.ts';
import { EditStore } from '../../site/playground/editing/edits.ts';
import { hashOf } from '../../site/playground/editing/hash.ts';
import type { Keeping } from '../../site/playground/editing/words.ts';

const KEY = 'handshake.edits.door';
const course = { 'server.ts': 'listen(3001);\n', 'client.ts': 'io();\n' };

let kept: Map<string, string>;
let full = false;

/** localStorage, as far as the store uses it. */
beforeEach(() => {
  kept = new Map();
  full = false;
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, text);
    },
    removeItem: (key: string) => kept.delete(key),
  };
  const localStorage = new Proxy(storage, {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor,
  });
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: localStorage });
});
const getOwnPropertyDescriptor = () => ({ configurable: true, enumerable: true, value: '' });

function openTab(files: Record<string, string> = course) {
  const events = new EventTarget();
  const taken: string[] = [];
  let keeping: Keeping | undefined;
  const edits = new EditStore({
    example: 'door',
    course: files,
    onNotice: (_said, now) => {
      keeping = now;
    },
    onTaken: (paths) => void taken.push(...paths),
    events,
  });
  const hear = (key: string) => events.dispatchEvent(Object.assign(new Event('storage'), { key }));
  return { edits, taken, hear, keeping: () => keeping };
}

const files = () => JSON.parse(kept.get(KEY) ?? '{"files":{}}').files;
const document = (texts: Record<string, string>) =>
  JSON.stringify({ version: 1, files: texts, base: {} });
const asideTexts = () => listSetAside('door').map(({ text }) => JSON.parse(text).files);

/** Both tabs have changed both files; one has stored its. */
function clash() {
  const [one, two] = [openTab(), openTab()];
  for (const path of Object.keys(course)) {
    one.edits.set(path, 'from one');
    two.edits.set(path, 'from two');
  }
  one.edits.flush();
  two.edits.flush();
  return { one, two };
}

test('a clash is settled file by file, and the rest of it stays', () => {
  const { two } = clash();
  assert.deepEqual(two.keeping()?.clash, ['server.ts', 'client.ts']);
  assert.equal(two.edits.theirs('server.ts'), 'from one');
  two.edits.settle('theirs', ['server.ts']);
  assert.deepEqual(two.taken, ['server.ts']);
  assert.deepEqual(two.keeping()?.clash, ['client.ts']);
  assert.deepEqual(files(), { 'server.ts': 'from one', 'client.ts': 'from one' });
  assert.deepEqual(asideTexts(), [{ 'client.ts': 'from two' }], 'what still waits, and no more');
  two.edits.settle('mine', ['client.ts']);
  assert.deepEqual(files(), { 'server.ts': 'from one', 'client.ts': 'from two' });
  assert.deepEqual([two.keeping()?.clash, asideTexts()], [[], []]);
});

test('the other tab’s text is the course’s when it has reset the file', () => {
  const [one, two] = [openTab(), openTab()];
  one.edits.set('server.ts', 'from one');
  one.edits.flush();
  two.edits.set('server.ts', 'from two');
  one.edits.set('server.ts', course['server.ts']);
  one.edits.flush();
  assert.equal(two.edits.theirs('server.ts'), course['server.ts']);
});

test('what is taken back stands in the files again, and what stood there is set aside', () => {
  const key = setAside('door', document({ 'server.ts': 'old', 'client.ts': course['client.ts'] }));
  const { edits, taken, keeping } = openTab();
  edits.set('server.ts', 'newer');
  edits.set('client.ts', 'newer too');
  assert.equal(edits.takeBack(String(key)), true);
  assert.deepEqual(taken, ['server.ts', 'client.ts']);
  assert.deepEqual(files(), { 'server.ts': 'old' });
  assert.deepEqual(edits.changed, ['server.ts'], 'the course’s own text is no edit');
  assert.deepEqual(asideTexts(), [{ 'server.ts': 'newer', 'client.ts': 'newer too' }]);
  const [pushedOut] = keeping()?.aside ?? [];
  assert.equal(edits.takeBack(String(pushedOut?.key)), true);
  assert.deepEqual(files(), { 'server.ts': 'newer', 'client.ts': 'newer too' });
  assert.deepEqual(asideTexts(), [{ 'server.ts': 'old' }]);
});

test('taking back loses nothing where nothing more can be set aside', () => {
  const key = setAside('door', document({ 'server.ts': 'old' }));
  const { edits } = openTab();
  edits.set('server.ts', 'newer');
  full = true;
  assert.equal(edits.takeBack(String(key)), false);
  assert.equal(edits.text('server.ts'), 'newer');
  assert.deepEqual(asideTexts(), [{ 'server.ts': 'old' }]);
});

test('what can be read in part or not at all is not taken back, and stays', () => {
  for (const text of [
    '{oops',
    '{"version":1,"files":{"server.ts":7,"client.ts":"x"}}',
    '{"version":2}',
  ]) {
    const key = setAside('door', text);
    const { edits } = openTab();
    assert.equal(edits.takeBack(String(key)), false);
    assert.deepEqual(edits.changed, []);
  }
  assert.equal(listSetAside('door').length, 3);
});

test('taking back in a tab that waits for a choice keeps the waiting text too', () => {
  const key = setAside('door', document({ 'server.ts': 'old' }));
  const { two } = clash();
  assert.equal(two.edits.takeBack(String(key)), true);
  two.edits.flush();
  const all = JSON.stringify([...kept.values()]);
  for (const text of ['from one', 'from two', 'old']) assert.ok(all.includes(text), text);
});

test('what is thrown away is gone, and only that; a tab’s own text cannot be thrown away by key', () => {
  const first = setAside('door', document({ 'server.ts': 'one' }));
  setAside('door', document({ 'server.ts': 'two' }));
  const { two } = clash();
  const own = listSetAside('door').at(-1);
  two.edits.throwAway(String(own?.key));
  two.edits.throwAway(String(first));
  two.edits.throwAway('handshake.progress');
  assert.deepEqual(asideTexts(), [
    { 'server.ts': 'two' },
    { 'server.ts': 'from two', 'client.ts': 'from two' },
  ]);
});

test('another tab’s setting aside is heard', () => {
  const { hear, keeping } = openTab();
  const key = setAside('door', document({ 'server.ts': 'old' }));
  hear(String(key));
  assert.deepEqual(
    keeping()?.aside.map((each) => each.key),
    [key],
  );
});

test('a file that the course no longer has is no outdated one, and goes at the reader’s word', () => {
  kept.set(KEY, document({ 'old.ts': 'mine', 'server.ts': 'mine' }));
  const { edits, keeping } = openTab();
  assert.deepEqual([keeping()?.gone, keeping()?.outdated], [['old.ts'], ['server.ts']]);
  edits.discard('old.ts');
  assert.deepEqual(files(), { 'server.ts': 'mine' });
  edits.accept('server.ts');
  edits.flush();
  assert.deepEqual([keeping()?.gone, keeping()?.outdated], [[], []]);
  assert.equal(JSON.parse(kept.get(KEY) ?? '').base['server.ts'], hashOf(course['server.ts']));
});

test('the store knows whether all is saved', () => {
  const { edits } = openTab();
  full = true;
  edits.set('server.ts', 'mine');
  edits.flush();
  assert.equal(edits.saved, false);
  full = false;
  edits.flush();
  assert.equal(edits.saved, true);
});
