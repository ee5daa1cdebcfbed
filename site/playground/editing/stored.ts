import { readItem, removeItem, writeItem } from '../../progress/storage.ts';
import { setAside } from './aside.ts';
import { type Edits, EMPTY, parse, serialize } from './document.ts';

/** One key for each example, and nothing else under it. */
export function keyOf(example: string): string {
  return `handshake.edits.${example}`;
}

/**
 * What is stored of an example's edits. `memory`: it cannot be read, or cannot be set aside, so it must not be
 * written either; `future`: a newer version's. What cannot be read is set aside before this returns.
 */
export function readEdits(example: string): Edits | 'memory' | 'future' {
  const text = readItem(keyOf(example));
  if (text === undefined) return 'memory';
  if (text === null) return EMPTY;
  const parsed = parse(text);
  if (parsed.kind === 'future') return 'future';
  const edits = parsed.kind === 'ok' ? parsed.edits : EMPTY;
  if (parsed.kind === 'ok' && parsed.dropped === 0) return edits;
  return setAside(example, text) && writeEdits(example, edits) ? edits : 'memory';
}

/** False when storage did not take it. No edits, no key. */
export function writeEdits(example: string, edits: Edits): boolean {
  const key = keyOf(example);
  if (edits.size > 0) return writeItem(key, serialize(edits));
  removeItem(key);
  return readItem(key) === null;
}
