/**
 * What a client's frame and the page say to each other through a MessagePort, by structured clone.
 *
 * The frame numbers its requests and sockets (`id`); what the page answers carries the same number. Cookies live in the
 * page's jar. The frame keeps a copy, so that `document.cookie` can answer at once, with the same rules: it writes to
 * its copy, sends the line, and takes the page's word once `seen` has caught up with what it wrote.
 */
import type { Header } from '../wire.ts';
import type { Cookie } from './cookie.ts';
import type { BrowserResponse } from './fetch-types.ts';

/** The most that a body or a message from a frame may hold, in bytes: 1 MB, and a little for what wraps it. */
export const MOST = 1_048_576;

/** How many requests, and how many sockets, a frame may have open. */
export const MANY = 200;

/** Who asks is not part of it: the page knows which frame it speaks to. */
export interface FetchMessage {
  type: 'fetch';
  id: number;
  url: string;
  method: string;
  headers: Header[];
  body?: Uint8Array;
  mode: 'cors' | 'no-cors' | 'same-origin';
  credentials: 'omit' | 'same-origin' | 'include';
  redirect: 'follow' | 'error' | 'manual';
}

export type FromFrame =
  | FetchMessage
  | { type: 'abort'; id: number }
  | { type: 'open'; id: number; url: string; protocols: string[] }
  | { type: 'send'; id: number; data: string | Uint8Array }
  | { type: 'close'; id: number; code?: number; reason: string }
  /** An assignment to `document.cookie`, numbered from 1. */
  | { type: 'cookie'; seq: number; line: string };

/** All that `document.cookie` needs. The values of HttpOnly cookies are empty: the frame needs their names alone. */
export interface CookieCopy {
  /** The last assignment that this copy knows of. */
  seen: number;
  /** The browser's clock, in ms. */
  at: number;
  cookies: Cookie[];
}

export type ToFrame =
  | { type: 'response'; id: number; response: BrowserResponse }
  | { type: 'failed'; id: number }
  | { type: 'opened'; id: number; protocol: string }
  | { type: 'message'; id: number; data: string | Uint8Array }
  /** So many bytes have left `bufferedAmount`. */
  | { type: 'sent'; id: number; bytes: number }
  | { type: 'error'; id: number }
  | { type: 'closed'; id: number; code: number; reason: string; clean: boolean }
  | ({ type: 'cookies' } & CookieCopy);
