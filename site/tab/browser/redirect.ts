// What becomes of a request when it is redirected: the Fetch standard's "HTTP-redirect fetch".
import type { Header } from '../wire.ts';
import { keepSafeHeaders } from './cors.ts';
import type { BrowserRequest } from './fetch-types.ts';
import { isForbiddenHeader, normalizeMethod, without } from './headers.ts';

/** A request between two hops. */
export interface Hop {
  method: string;
  headers: Header[];
  body: Uint8Array | undefined;
  /** All URLs so far; the last is where it goes now. */
  urls: [URL, ...URL[]];
  /** How the answer is read: `cors` and `opaque` stay through a redirect back to the page's own origin. */
  tainting: 'basic' | 'cors' | 'opaque';
  /** From one foreign origin to another: from here on the request's origin is `null`. */
  tainted: boolean;
}

const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type'];

export const urlOf = ({ urls }: Hop): URL => urls.at(-1) ?? urls[0];

/** A URL without its fragment, which never travels. */
function parseUrl(text: string, base?: URL): URL | undefined {
  if (!URL.canParse(text, base?.href)) return undefined;
  const url = new URL(text, base);
  url.hash = '';
  return url;
}

/** A request before it goes anywhere, without what a script may not set; undefined where its URL is none. */
export function firstHop({ url, mode, ...request }: BrowserRequest): Hop | undefined {
  const first = parseUrl(url);
  const { method = 'GET', headers = [], body } = request;
  const kept = headers.filter((header) => !isForbiddenHeader(header));
  return (
    first && {
      method: normalizeMethod(method),
      headers: mode === 'no-cors' ? keepSafeHeaders(kept) : kept,
      body,
      urls: [first],
      tainting: 'basic',
      tainted: false,
    }
  );
}

/** The next hop, or why there is none. `origin` is the page's, undefined where the reader typed the address. */
export function redirect(
  hop: Hop,
  { status, location }: { status: number; location: string },
  origin: string | undefined,
): Hop | string {
  const url = urlOf(hop);
  const next = parseUrl(location, url);
  if (!next || !/^https?:$/.test(next.protocol)) return 'it redirects to no http URL';
  if (hop.urls.length > 20) return 'it was redirected 20 times';
  if ((next.username || next.password) && hop.tainting === 'cors') {
    return 'it redirects to a URL with a name and a password';
  }
  let { method, body, headers, tainted } = hop;
  const crossing = next.origin !== url.origin;
  if (crossing && origin !== undefined && url.origin !== origin) tainted = true;
  const post = method === 'POST' && (status === 301 || status === 302);
  if (post || (status === 303 && method !== 'GET' && method !== 'HEAD')) {
    method = 'GET';
    body = undefined;
    headers = without(headers, BODY_HEADERS);
  }
  if (crossing) headers = without(headers, ['authorization']);
  return { ...hop, method, body, headers, tainted, urls: [...hop.urls, next] };
}
