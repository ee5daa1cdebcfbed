/**
 * A reader's edits of one example, kept in this browser under `handshake.edits.<example>` (shape: `document.ts`).
 *
 * Life: read when opened; a change is in memory at once and stored 300 ms after the last one, or when the page
 * is left; gone for a file whose text is the course's again. Storage is read before each write: what another
 * tab stored is taken over where this one changed nothing, and where both did nothing is overwritten until
 * the reader chooses (this tab's text is set aside meanwhile). Blocked or full storage leaves the edits in
 * memory, tried again at each change; a newer version is never written; what cannot be read is set aside.
 */
import { Stash } from './aside.ts';
import { Course } from './course.ts';
import { type Edit, type Edits, EMPTY, merge, only, serialize, withFrom } from './document.ts';
import { listen } from './events.ts';
import { restore } from './restore.ts';
import { keyOf, readEdits, writeEdits } from './stored.ts';
import { type Keeping, sayChanges } from './words.ts';

export interface EditsOptions {
  example: string;
  /** Path and text of each file that can be edited, as the course has them now. */
  course: Readonly<Record<string, string>>;
  /** Whole sentences for the reader, each time they change, also while the store is made; none: all is well. */
  onNotice: (sentences: string[], keeping: Keeping) => void;
  /** These files' texts are now those of another tab: show them. */
  onTaken: (paths: string[]) => void;
  /** Where `storage`, `pagehide`, `pageshow` and `visibilitychange` arrive: the window. */
  events?: EventTarget;
}

export class EditStore {
  readonly #options: EditsOptions;
  readonly #course: Course;
  readonly #stash: Stash;
  readonly #say: (keeping: Keeping) => void;
  readonly #stop = new AbortController();
  #mine: Edits = EMPTY;
  #seen: Edits = EMPTY; // as stored; at a clash, as it was before the other tab wrote
  #mode: Keeping['mode'] = 'saved';
  #clash: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EditsOptions) {
    this.#options = options;
    this.#course = new Course(options.example, options.course);
    this.#stash = new Stash(options.example);
    this.#say = sayChanges(options.onNotice);
    const stored = readEdits(options.example);
    if (typeof stored === 'string') this.#mode = stored;
    else this.#mine = this.#seen = stored;
    const handlers = { elsewhere: () => this.#refresh(), leaving: () => this.flush() };
    const { events = window, example } = options;
    listen(events, keyOf(example), handlers, this.#stop.signal);
    this.#tell();
  }

  /** The reader's text, else the course's. */
  text(path: string): string {
    return this.#mine.get(path)?.text ?? this.#course.text(path);
  }

  /** Paths that differ from the course's, and the edits of files that the course no longer has. */
  get changed(): string[] {
    return [...this.#mine.keys()];
  }

  /** True unless storage lacks something of the reader's. */
  get saved(): boolean {
    return this.#mode === 'saved';
  }

  /** The text that another tab has stored, else the course's. */
  theirs(path: string): string {
    const stored = readEdits(this.#options.example);
    const edit = typeof stored === 'string' ? undefined : stored.get(path);
    return edit?.text ?? this.#course.text(path);
  }

  /** Keeps the reader's text; the course's own text ends the edit. */
  set(path: string, text: string): void {
    const base = this.#mine.get(path)?.base ?? this.#course.hash(path);
    this.#change(path, text === this.#course.text(path) ? undefined : { text, base });
  }

  /** Ends the edit of a file that the course no longer has: what the reader wrote is gone. */
  discard(path: string): void {
    this.#change(path, undefined);
    this.flush();
  }

  /** "I have seen the course's new version and keep mine": `path` is no longer called outdated. */
  accept(path: string): void {
    const { text } = this.#mine.get(path) ?? {};
    if (text !== undefined) this.#change(path, { text, base: this.#course.hash(path) });
  }

  /** Ends the clash over these files. With `theirs`, `onTaken` tells the files to show again. */
  settle(whose: 'mine' | 'theirs', paths: string[] = this.#clash): void {
    const stored = readEdits(this.#options.example);
    if (typeof stored === 'string' || paths.length === 0) return;
    this.#seen = withFrom(stored, paths, this.#seen);
    if (whose === 'theirs') this.#mine = withFrom(stored, paths, this.#mine);
    this.flush();
    if (whose === 'theirs') this.#options.onTaken(paths);
  }

  /**
   * Takes back what was set aside under `key`. A text of the reader's that stands in its place is set aside for it;
   * gives false, and changes nothing, when that cannot be done or there is nothing to take.
   */
  takeBack(key: string): boolean {
    const edits = this.#stash.read(key);
    if (!edits) return false;
    const { edits: next, pushedOut } = restore(this.#mine, edits, this.#course);
    if (pushedOut.size > 0 && !this.#stash.add(serialize(pushedOut))) return false;
    this.#mine = next;
    this.flush();
    if (this.#mode === 'saved') this.throwAway(key);
    this.#options.onTaken([...edits.keys()]);
    return true;
  }

  /** Deletes what was set aside under `key`, because the reader asked for it. */
  throwAway(key: string): void {
    this.#stash.delete(key);
    this.#tell();
  }

  /** Stores now what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    const stored = this.#absorb();
    if (stored) {
      const clash = this.#clash;
      const wanted = withFrom(stored, clash, this.#mine);
      const same = serialize(wanted) === serialize(stored);
      const saved = same || writeEdits(this.#options.example, wanted);
      this.#mode = saved ? 'saved' : 'memory';
      if (saved) this.#seen = withFrom(this.#seen, clash, wanted);
      const waiting = saved ? only(this.#mine, ([path]) => clash.includes(path)) : this.#mine;
      if (clash.length > 0 && waiting.size > 0) this.#stash.keep(serialize(waiting));
      else if (saved) this.#stash.drop();
    }
    this.#tell();
  }

  dispose(): void {
    this.flush();
    this.#stop.abort();
  }

  #change(path: string, edit: Edit | undefined): void {
    const next = new Map(this.#mine);
    if (edit) next.set(path, edit);
    else next.delete(path);
    this.#mine = next;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), 300);
    this.#tell();
  }

  #refresh(): void {
    this.#absorb();
    this.#tell();
  }

  /** Takes over what another tab stored. Gives what storage holds, if it may be written. */
  #absorb(): Edits | undefined {
    const stored = readEdits(this.#options.example);
    if (typeof stored === 'string') {
      this.#mode = stored;
      return undefined;
    }
    if (this.#mode === 'future') this.#mode = 'saved';
    const { edits, taken, clash } = merge(this.#seen, this.#mine, stored);
    this.#seen = withFrom(this.#seen, clash, stored);
    this.#mine = edits;
    this.#clash = clash;
    if (taken.length > 0) this.#options.onTaken(taken);
    return stored;
  }

  #tell(): void {
    const idle = this.#mode === 'memory' && this.#mine.size === 0; // nothing that could be lost
    this.#say({
      mode: idle ? 'saved' : this.#mode,
      clash: this.#clash,
      ...this.#course.compare(this.#mine),
      aside: this.#stash.others,
    });
  }
}
