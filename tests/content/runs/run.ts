// What the recorded runs share: they send packets as the pages show them, and keep all they heard.
import type { Example, Options } from '../../support/example.ts';
import type { Plain } from '../../support/plain.ts';
import type { Raw } from '../../support/raw.ts';

export interface Run {
  startExample(name: string, options?: Options): Promise<Example>;
  /** The same one for all runs that leave it as they found it. */
  shareExample(name: string): Promise<Example>;
  plainServer(): Promise<Plain>;
  /** Keeps texts as they went over the wire. */
  keep(...texts: string[]): void;
  /** Sends the packet, and keeps it. */
  send(raw: Raw, packet: string): Promise<void>;
}
