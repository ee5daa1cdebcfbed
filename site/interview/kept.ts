/** The running interview in storage, and whether the clock is shown. */
import { setAside } from '../progress/set-aside.ts';
import { readItem, removeItem, writeItem } from '../progress/storage.ts';
import { parse, type Running, serialize } from './running.ts';

export const KEY = 'handshake:interview';
const CLOCK = 'handshake:interview-clock';

/** `aside`: it could not be read, and was set aside. `left`: of a newer version, or no room to set it aside. */
export type Found =
  | { kind: 'running'; running: Running }
  | { kind: 'none' | 'blocked' | 'aside' | 'left' };

export function findRunning(): Found {
  const text = readItem(KEY);
  if (text === undefined) return { kind: 'blocked' };
  if (text === null) return { kind: 'none' };
  const parsed = parse(text);
  if (parsed.kind === 'ok') return { kind: 'running', running: parsed.running };
  if (parsed.kind === 'future' || !setAside(text)) return { kind: 'left' };
  removeItem(KEY);
  return { kind: 'aside' };
}

/** Keeps the interview; false when storage is blocked or full. What cannot be read is set aside before it is written over. */
export function keep(running: Running): boolean {
  const stored = readItem(KEY);
  if (stored === undefined) return false;
  if (stored !== null && parse(stored).kind !== 'ok' && !setAside(stored)) return false;
  return writeItem(KEY, serialize(running));
}

/** The interview has come to its end. */
export function forget(): void {
  const stored = readItem(KEY);
  if (stored && parse(stored).kind === 'ok') removeItem(KEY);
}

export function clockHidden(): boolean {
  return readItem(CLOCK) === 'hidden';
}

export function hideClock(hidden: boolean): void {
  if (hidden) writeItem(CLOCK, 'hidden');
  else removeItem(CLOCK);
}
