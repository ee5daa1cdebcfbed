/**
 * A reader's edits of one example, and their stored form:
 *   { "version": 1, "files": { "server.ts": "…" }, "base": { "server.ts": "af63dc4c8601ec8c" } }
 * `files` holds changed files only; `base` the hash of the course's text that each was made from.
 */

export const VERSION = 1;

export interface Edit {
  text: string;
  /** Hash of the course's text when the reader first changed it; empty when unknown. */
  base: string;
}

/** Path and edit. Never changed in place. */
export type Edits = ReadonlyMap<string, Edit>;

export const EMPTY: Edits = new Map();

/** What a stored text turned out to be. `dropped` counts files that could not be read. */
export type Parsed =
  | { kind: 'ok'; edits: Edits; dropped: number }
  | { kind: 'future' }
  | { kind: 'corrupt' };

export function serialize(edits: Edits): string {
  const all = [...edits];
  const files = Object.fromEntries(all.map(([path, { text }]) => [path, text]));
  const base = Object.fromEntries(all.map(([path, edit]) => [path, edit.base]));
  return JSON.stringify({ version: VERSION, files, base });
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the stored form; nothing in it is trusted. Paths become keys of a Map, so none reaches a prototype. */
export function parse(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'corrupt' };
  }
  if (!isFields(value)) return { kind: 'corrupt' };
  const { version, files, base } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return { kind: 'corrupt' };
  if (version > VERSION) return { kind: 'future' };
  if (!isFields(files)) return { kind: 'corrupt' };
  const bases = new Map(isFields(base) ? Object.entries(base) : []);
  const edits = new Map<string, Edit>();
  const all = Object.entries(files);
  for (const [path, content] of all) {
    const made = bases.get(path);
    if (typeof content === 'string')
      edits.set(path, { text: content, base: typeof made === 'string' ? made : '' });
  }
  return { kind: 'ok', edits, dropped: all.length - edits.size };
}

export interface Merged {
  edits: Edits;
  /** Files whose text is now another tab's. */
  taken: string[];
  /** Files that both have changed: `edits` has mine. */
  clash: string[];
}

/** Adds what another tab stored. `seen` is what this tab last knew to be stored. */
export function merge(seen: Edits, mine: Edits, theirs: Edits): Merged {
  const edits = new Map(mine);
  const taken: string[] = [];
  const clash: string[] = [];
  for (const path of new Set([...seen.keys(), ...mine.keys(), ...theirs.keys()])) {
    const [before, here, there] = [seen, mine, theirs].map((each) => each.get(path)?.text);
    if (there === before || there === here) continue;
    if (here === before) {
      copy(path, theirs, edits);
      taken.push(path);
    } else clash.push(path);
  }
  return { edits, taken, clash };
}

/** `edits`, but with what `other` has, or lacks, at these paths. */
export function withFrom(other: Edits, paths: string[], edits: Edits): Edits {
  const result = new Map(edits);
  for (const path of paths) copy(path, other, result);
  return result;
}

/** Those of the edits that `which` is true of. */
export function only(edits: Edits, which: (entry: [path: string, edit: Edit]) => boolean): Edits {
  return new Map([...edits].filter(which));
}

function copy(path: string, from: Edits, to: Map<string, Edit>): void {
  const edit = from.get(path);
  if (edit) to.set(path, edit);
  else to.delete(path);
}
