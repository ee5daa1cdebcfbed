import { keysUnder, readItem, removeItem, writeItem } from './storage.ts';

export const SET_ASIDE_PREFIX = 'handshake:progress:set-aside:';

/** Data that could not be read: its key, the time it was set aside (ISO 8601), and its text. */
export interface SetAside {
  key: string;
  time: string;
  text: string;
}

/** Everything set aside, oldest first. */
export function listSetAside(): SetAside[] {
  return keysUnder(SET_ASIDE_PREFIX).map((key) => ({
    key,
    time: key.slice(SET_ASIDE_PREFIX.length),
    text: readItem(key) ?? '',
  }));
}

/** Keeps `text` under a key of its own; true when it is safe there, or was already. */
export function setAside(text: string): boolean {
  if (listSetAside().some((kept) => kept.text === text)) return true;
  return writeItem(`${SET_ASIDE_PREFIX}${new Date().toISOString()}`, text);
}

/** Deletes what was set aside under `key`, because the reader asked for it. */
export function deleteSetAside(key: string): void {
  if (key.startsWith(SET_ASIDE_PREFIX)) removeItem(key);
}
