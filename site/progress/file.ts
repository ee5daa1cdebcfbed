/** The largest file that is read, in bytes. A full course takes about 100 kB. */
export const FILE_LIMIT = 1_000_000;

/** Hands `text` to the reader as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A file name with a day in it: `handshake-progress-2026-11-20.json`. */
export function fileName(kind: string, time = new Date().toISOString()): string {
  return `handshake-${kind}-${time.slice(0, 19).replaceAll(':', '-')}.json`;
}
