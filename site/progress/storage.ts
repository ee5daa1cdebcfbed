/** localStorage, for browsers that have it, block it or have filled it: no call here ever throws. */

/** The stored text, `null` when there is none, `undefined` when storage cannot be read. */
export function readItem(key: string): string | null | undefined {
  try {
    return localStorage.getItem(key);
  } catch {
    return undefined;
  }
}

/** Writes and reads back; false when the text did not get there. */
export function writeItem(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return localStorage.getItem(key) === text;
  } catch {
    return false;
  }
}

export function removeItem(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing to remove where nothing can be stored.
  }
}

/** All stored keys that start with `prefix`, sorted. */
export function keysUnder(prefix: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .sort();
  } catch {
    return [];
  }
}
