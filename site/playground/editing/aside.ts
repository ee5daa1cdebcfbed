/**
 * Edits that are in no file now, because they could not be read or another tab's stand in their place: each
 * under a key of its own, `handshake.edits.<example>.set-aside.<time>`, until the reader deletes it.
 */
import { keysUnder, readItem, removeItem, writeItem } from '../../progress/storage.ts';
import { type Edits, parse } from './document.ts';

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

/** The edits in what was set aside; nothing when it cannot be read, or only in part. */
export function editsIn({ text }: SetAside): Edits | undefined {
  const parsed = parse(text);
  const whole = parsed.kind === 'ok' && parsed.dropped === 0 && parsed.edits.size > 0;
  return whole ? parsed.edits : undefined;
}

/** What a tab knows to be set aside; one text of it is the tab's own, while it waits for the reader's choice. */
export class Stash {
  readonly #example: string;
  #key: string | undefined;

  constructor(example: string) {
    this.#example = example;
  }

  /** Keeps `text` as the tab's own, in place of the one kept before. */
  keep(text: string): void {
    const before = this.#key;
    this.#key = setAside(this.#example, text) ?? before;
    if (before !== undefined && before !== this.#key) deleteSetAside(this.#example, before);
  }

  drop(): void {
    if (this.#key !== undefined) deleteSetAside(this.#example, this.#key);
    this.#key = undefined;
  }

  /** Everything else of this example that is set aside, oldest first. */
  get others(): SetAside[] {
    return listSetAside(this.#example).filter(({ key }) => key !== this.#key);
  }

  /** Sets another text aside, for the reader to find; false when it could not be kept. */
  add(text: string): boolean {
    const key = setAside(this.#example, text);
    if (key === this.#key) this.#key = undefined; // the reader's from now on: no drop takes it
    return key !== undefined;
  }

  /** The edits under a key, if they can be read. */
  read(key: string): Edits | undefined {
    const found = this.others.find((each) => each.key === key);
    return found && editsIn(found);
  }

  /** Deletes what is under a key, unless it is the tab's own. */
  delete(key: string): void {
    if (key !== this.#key) deleteSetAside(this.#example, key);
  }
}
