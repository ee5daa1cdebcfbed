/**
 * Edits that are in no file now, because they could not be read or another tab's stand in their place: each
 * under a key of its own, `handshake.edits.<example>.set-aside.<time>`, until the reader deletes it.
 */
import { keysUnder, readItem, removeItem, writeItem } from '../../progress/storage.ts';

/** The key, the time it was set aside (ISO 8601), and the text as it was stored. */
export interface SetAside {
  key: string;
  time: string;
  text: string;
}

function prefixOf(example: string): string {
  return `handshake.edits.${example}.set-aside.`;
}

/** Everything of this example that was set aside, oldest first. */
export function listSetAside(example: string): SetAside[] {
  const prefix = prefixOf(example);
  return keysUnder(prefix).map((key) => ({
    key,
    time: key.slice(prefix.length),
    text: readItem(key) ?? '',
  }));
}

/** Keeps `text`; gives its key, or nothing when it could not be kept. The same text is kept once. */
export function setAside(example: string, text: string): string | undefined {
  const all = listSetAside(example);
  const found = all.find((kept) => kept.text === text);
  if (found) return found.key;
  const time = new Date().toISOString();
  const taken = new Set(all.map(({ key }) => key));
  let key = prefixOf(example) + time;
  for (let n = 2; taken.has(key); n++) key = `${prefixOf(example)}${time}-${n}`;
  return writeItem(key, text) ? key : undefined;
}

/** Deletes what was set aside under `key`, because the reader asked for it. */
export function deleteSetAside(example: string, key: string): void {
  if (key.startsWith(prefixOf(example))) removeItem(key);
}

/** The one text that a tab sets aside while it waits for the reader's choice. */
export class Stash {
  readonly #example: string;
  #key: string | undefined;

  constructor(example: string) {
    this.#example = example;
  }

  /** Keeps `text` in place of the one kept before. */
  keep(text: string): void {
    const before = this.#key;
    this.#key = setAside(this.#example, text) ?? before;
    if (before !== undefined && before !== this.#key) deleteSetAside(this.#example, before);
  }

  drop(): void {
    if (this.#key !== undefined) deleteSetAside(this.#example, this.#key);
    this.#key = undefined;
  }

  /** True when something else of this example is set aside. */
  get hasOthers(): boolean {
    return listSetAside(this.#example).some(({ key }) => key !== this.#key);
  }
}
