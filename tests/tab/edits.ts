// Edits of an example for tests: a storage of their own, and tabs that share it.
import { afterEach, beforeEach, mock } from 'node:test';
import { EditStore } from '../../site/playground/editing/edits.ts';

export const KEY = 'handshake.edits.door';
export const course = { 'server.ts': 'listen(3001);\n', 'client.ts': 'io();\n' };

/** localStorage as browsers have it: keys are properties, and `room` limits what a value may hold. */
class FakeStorage {
  room = Number.POSITIVE_INFINITY;
  blocked = false;
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null;
  }
  setItem(key: string, text: string): void {
    if (text.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    Reflect.set(this, key, text);
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

/** The storage of the test that runs. */
export let storage = new FakeStorage();

/** A storage that is empty, and has room. */
export function emptyStorage(): void {
  storage = new FakeStorage();
}

/** Gives each test of a file an empty storage, and timers that it moves itself. */
export function eachWithItsOwn(): void {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    emptyStorage();
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get() {
        if (storage.blocked) throw new DOMException('blocked', 'SecurityError');
        return storage;
      },
    });
  });
  afterEach(() => mock.timers.reset());
}

/** A tab with the example open. */
export function openTab(files: Record<string, string> = course) {
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

/** The stored document, or null. */
export const stored = () => JSON.parse(storage.getItem(KEY) ?? 'null');
