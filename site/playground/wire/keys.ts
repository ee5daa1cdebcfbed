// The arrow keys, Home and End go from line to line of the list. Each line stays a stop of Tab, too: it is a list of
// things to open, and reads like any other.

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Moves the focus where a line has it; anywhere else in the list the keys do what they always do. */
export function moveByKeys(event: KeyboardEvent): void {
  const { target, currentTarget, key, ctrlKey, altKey, metaKey } = event;
  const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  if (!step || ctrlKey || altKey || metaKey || !(currentTarget instanceof Element)) return;
  const lines = [
    ...currentTarget.querySelectorAll<HTMLElement>('li:not([hidden]) > details > summary'),
  ];
  const at = target instanceof HTMLElement ? lines.indexOf(target) : -1;
  if (at < 0) return;
  event.preventDefault();
  lines[step(at, lines.length - 1)]?.focus();
}
