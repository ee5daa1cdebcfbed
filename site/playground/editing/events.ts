interface Handlers {
  /** Another tab has stored something under the key, or a key below it, or this page has come back from the browser's cache. */
  elsewhere: () => void;
  /** The page is being left, or only hidden: on a phone that may be the last word from it. */
  leaving: () => void;
}

/** Listens on the window until `signal` is aborted. */
export function listen(
  events: EventTarget,
  key: string,
  { elsewhere, leaving }: Handlers,
  signal: AbortSignal,
): void {
  const on = { signal };
  events.addEventListener(
    'storage',
    (event) => {
      const changed = (event as StorageEvent).key; // null: all of the storage was cleared
      if (changed === null || changed === key || changed.startsWith(`${key}.`)) elsewhere();
    },
    on,
  );
  events.addEventListener('pageshow', elsewhere, on);
  for (const type of ['pagehide', 'visibilitychange']) events.addEventListener(type, leaving, on);
}
