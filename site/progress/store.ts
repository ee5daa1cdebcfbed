/**
 * The reader's progress: the one thing that the site keeps, and it never leaves the browser.
 *
 * Shape: localStorage, key `handshake:progress`, one JSON document (types in `document.ts`):
 *   { "version": 3,
 *     "lessons": { "start": { "done": true, "at": "2026-11-20T10:00:00.000Z" } },
 *     "answers": { "open-feed": { "chosen": ["anyone"], "right": true, "tries": 2, "rights": 1, "seed": 7,
 *                                 "at": "…", "log": [[1795168800, 1], [1795168830, 3]] } },
 *     "labs": { "side-door": { "done": true, "at": "…" } },
 *     "interviews": [{ "level": "mid", "minutes": 20, "results": [["open-feed", 3]], … }] }
 *
 * Life: read once a page and after each change by another tab; read again before each write, so that
 * two tabs add to one document; gone only when the reader resets it. Where storage is blocked or
 * full, the page keeps what it learns in memory (`mode: 'memory'`) and tries again at each change.
 *
 * Migrations: `migrations.ts` lifts older documents. A newer one is never overwritten: the page says
 * so and keeps its own changes in memory (`mode: 'future'`). What cannot be read is moved, whole, to
 * `handshake:progress:set-aside:<time>`, and waits there until the reader deletes it.
 */
import { atom } from 'nanostores';
import { EMPTY, isEmpty, type Progress, serialize } from './document.ts';
import { KEY } from './key.ts';
import { mergeNewest } from './merge.ts';
import { parse } from './parse.ts';
import { SET_ASIDE_PREFIX, setAside } from './set-aside.ts';
import { readItem, removeItem, writeItem } from './storage.ts';

/** `saved`: storage holds it; `memory`: this page alone does; `future`: storage holds a newer version. */
type Mode = 'saved' | 'memory' | 'future';

export interface State {
  progress: Progress;
  mode: Mode;
  /** True when this page has set unreadable data aside. */
  setAside: boolean;
}

function readStored(): State {
  const text = readItem(KEY);
  if (text === undefined) return { progress: EMPTY, mode: 'memory', setAside: false };
  if (text === null) return { progress: EMPTY, mode: 'saved', setAside: false };
  const parsed = parse(text, Date.now());
  if (parsed.kind === 'future') return { progress: EMPTY, mode: 'future', setAside: false };
  const progress = parsed.kind === 'ok' ? parsed.progress : EMPTY;
  if (parsed.kind === 'ok' && parsed.dropped === 0)
    return { progress, mode: 'saved', setAside: false };
  if (!setAside(text)) return { progress, mode: 'memory', setAside: false };
  return { progress, mode: save(progress) ? 'saved' : 'memory', setAside: true };
}

function save(progress: Progress): boolean {
  if (!isEmpty(progress)) return writeItem(KEY, serialize(progress));
  removeItem(KEY);
  return readItem(KEY) === null;
}

/** What the page knows now. Subscribe to it; change it through `update`. */
export const $state = atom<State>(readStored());

/** What storage holds, with what only this page knows added to it. */
function current(): State {
  const before = $state.get();
  const stored = readStored();
  const aside = before.setAside || stored.setAside;
  if (before.mode === 'saved') return { ...stored, setAside: aside };
  const { progress } = mergeNewest(stored.progress, before.progress);
  return { progress, mode: stored.mode, setAside: aside };
}

/** Applies a pure change to the newest progress and stores the result, if it can be stored. */
export function update(change: (progress: Progress) => Progress): void {
  const now = current();
  const progress = change(now.progress);
  const mode = now.mode === 'saved' && !save(progress) ? 'memory' : now.mode;
  $state.set({ ...now, progress, mode });
}

/** Reads storage again, for changes made elsewhere. */
function refresh(): void {
  $state.set(current());
}

addEventListener('storage', ({ key }) => {
  if (key === null || key === KEY || key.startsWith(SET_ASIDE_PREFIX)) refresh();
});
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) refresh();
});
