/** The largest file that is read, in bytes. Every list of attempts full, and 500 interviews, stay under it. */
export const FILE_LIMIT = 2_000_000;

/** Hands `text` to the reader as a file. */
export function download(name: string, text: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A file name with a day in it: `handshake-progress-2026-11-20.json`. */
export function fileName(kind: string, time = new Date().toISOString(), ending = 'json'): string {
  return `handshake-${kind}-${time.slice(0, 19).replaceAll(':', '-')}.${ending}`;
}
