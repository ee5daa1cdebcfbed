/** One tab at a time holds the interview, by a lock of the browser: it falls free when the tab closes or reloads. */

const NAME = 'handshake:interview';
/** So long a tab that reloads may take to let go of what it held before, in milliseconds. */
const PATIENCE = 500;

let release: (() => void) | undefined;

/**
 * Takes the interview into this tab; false when another one has it. With `steal` it is taken from there. `lost` is
 * called when another tab takes it from here. Where the browser has no locks (no secure context) the tab gets it.
 */
export function hold(steal: boolean, lost: () => void): Promise<boolean> {
  if (release || !navigator.locks) return Promise.resolve(true);
  const options = steal ? { steal } : { signal: AbortSignal.timeout(PATIENCE) };
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise<void>((done) => {
        release = done;
      });
    };
    navigator.locks.request(NAME, options, held).catch((error: unknown) => {
      const busy = error instanceof DOMException && error.name === 'TimeoutError';
      const mine = release !== undefined;
      release = undefined;
      resolve(!busy); // where locks are blocked, there is no telling: the tab gets it
      if (mine) lost();
    });
  });
}

/** Lets go of the interview. */
export function letGo(): void {
  release?.();
  release = undefined;
}
