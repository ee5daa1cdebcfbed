/** What the page and the server's worker say to each other, over a MessagePort. */
import type { HttpRequest, HttpResponse } from './wire.ts';

/** Absolute path, and what the file says. */
export type Text = [path: string, text: string];

/** What a worker makes ready before its run: packages that are loaded, sources without their types. */
export interface Ready {
  names: string[];
  texts: Text[];
}

/** What a run of a server needs; all text, so that a frame of another origin can be given it. */
export interface Run {
  /** Absolute path to text: the example, examples/lib, and what packages read. */
  files: Text[];
  /** The path of server.ts. */
  entry: string;
  /** What is imported before it, in this order. */
  preload: string[];
  args: string[];
  env: Record<string, string>;
}

export type ToWorker =
  | { type: 'request'; id: number; port: number; request: HttpRequest }
  | { type: 'data'; id: number; bytes: Uint8Array }
  | { type: 'close'; id: number }
  | { type: 'signal'; name: 'SIGINT' | 'SIGTERM' }
  | { type: 'ipc'; message: unknown }
  | { type: 'ping' };

export type FromWorker =
  | { type: 'listening'; port: number }
  | { type: 'response'; id: number; response: HttpResponse }
  | { type: 'data'; id: number; bytes: Uint8Array }
  | { type: 'closed'; id: number }
  | { type: 'refused'; id: number }
  | { type: 'output'; stream: 'stdout' | 'stderr'; text: string }
  | { type: 'ipc'; message: unknown }
  | { type: 'exit'; code: number }
  | { type: 'pong' };
