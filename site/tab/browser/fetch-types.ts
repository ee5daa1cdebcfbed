// What goes into a fetch, and what comes out.
import type { Header } from '../wire.ts';

export interface BrowserRequest {
  url: string;
  method?: string;
  /** As the script set them; those that are the browser's alone are dropped. */
  headers?: Header[];
  body?: Uint8Array;
  mode?: 'cors' | 'no-cors' | 'same-origin';
  credentials?: 'omit' | 'same-origin' | 'include';
  redirect?: 'follow' | 'error' | 'manual';
  /** For Sec-Fetch-Dest; `empty` for what a script fetches, `document` for a navigation. */
  destination?: string;
  /** The page that asks, or its origin; undefined where the reader typed the address. */
  initiator?: string | undefined;
  /** The page at the top changes: a link, a form, the address bar. */
  navigation?: boolean;
  signal?: AbortSignal | undefined;
}

/** What a script gets (Fetch, "filtered response"): an opaque one has the status 0, no headers and no body. */
export interface BrowserResponse {
  type: 'basic' | 'cors' | 'opaque' | 'opaqueredirect';
  status: number;
  statusText: string;
  headers: Header[];
  body: Uint8Array;
  url: string;
  redirected: boolean;
}

export const opaqueResponse = (type: 'opaque' | 'opaqueredirect', url = ''): BrowserResponse => ({
  type,
  status: 0,
  statusText: '',
  headers: [],
  body: new Uint8Array(),
  url,
  redirected: false,
});
