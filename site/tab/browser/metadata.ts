// What a browser says of itself and of the page that asks: Origin, Referer and Sec-Fetch-*, as Chromium to localhost.
import type { Header } from '../wire.ts';
import type { SiteContext } from './jar-rules.ts';

/** `navigate` is a change of the page itself. */
export type Mode = 'cors' | 'no-cors' | 'same-origin' | 'navigate';

/** What is known of a request when its headers are made. */
export interface Asked {
  /** The page that asks, or its origin; undefined where the reader typed the address. */
  initiator: string | undefined;
  /** The first URL, and those that it was redirected to. */
  urls: URL[];
  method: string;
  mode: Mode;
  destination: string;
  /** Whether its answer is read by CORS. */
  cors: boolean;
  /** Whether a redirect from one foreign origin to another made its origin opaque. */
  tainted: boolean;
}

/** The origin of a page, or `null` for a page that has none to tell. */
export function originOf(page: string): string {
  return URL.canParse(page) ? new URL(page).origin : 'null';
}

/** Same site: here the same host and scheme, in which ws counts as http (HTML, "same site"; RFC 6265bis section 5.2). */
export function isSameSite(a: string | URL, b: string | URL): boolean {
  if (!URL.canParse(String(a)) || !URL.canParse(String(b))) return false;
  const [one, two] = [new URL(a), new URL(b)];
  const scheme = (url: URL) => url.protocol.replace('ws', 'http');
  return one.hostname === two.hostname && scheme(one) === scheme(two);
}

/** Whether a page and a URL are of one site, and what it means for cookies if not (RFC 6265bis section 5.2). */
export function siteContext(url: URL, page: string | undefined, navigation = false): SiteContext {
  if (page === undefined || isSameSite(url, page)) return 'strict';
  return navigation ? 'lax' : 'cross';
}

/** Sec-Fetch-Site (Fetch Metadata, "The Sec-Fetch-Site header"): the furthest of all that the request passed through. */
function siteOf({ initiator, urls }: Asked): string {
  if (initiator === undefined) return 'none';
  const origin = originOf(initiator);
  if (urls.every((url) => url.origin === origin)) return 'same-origin';
  return urls.every((url) => isSameSite(url, initiator)) ? 'same-site' : 'cross-site';
}

/**
 * The Origin header's value, or undefined where none is sent (Fetch, "append a request Origin header"): always with CORS, for
 * modules of its own origin too, and with any method but GET and HEAD.
 */
export function originHeader(asked: Asked): string | undefined {
  const { initiator, method, cors, tainted, mode, destination } = asked;
  const read = method === 'GET' || method === 'HEAD';
  if (!cors && destination !== 'script' && read) return undefined;
  if (initiator === undefined) return mode === 'navigate' ? 'null' : undefined;
  return tainted ? 'null' : originOf(initiator);
}

/** Referer under the policy strict-origin-when-cross-origin, the default (Referrer Policy, section 3). */
function refererOf({ initiator, urls }: Asked): string | undefined {
  if (initiator === undefined || !URL.canParse(initiator)) return undefined;
  const page = new URL(initiator);
  page.hash = '';
  return urls.every(({ origin }) => origin === page.origin) ? page.href : `${page.origin}/`;
}

/** Origin, Sec-Fetch-* and Referer of a request, in Chromium's order. */
export function metadataHeaders(asked: Asked): Header[] {
  const headers: Header[] = [];
  const origin = originHeader(asked);
  if (origin !== undefined) headers.push(['Origin', origin]);
  headers.push(['Sec-Fetch-Site', siteOf(asked)], ['Sec-Fetch-Mode', asked.mode]);
  if (asked.mode === 'navigate') headers.push(['Sec-Fetch-User', '?1']);
  headers.push(['Sec-Fetch-Dest', asked.destination]);
  const referer = refererOf(asked);
  if (referer !== undefined) headers.push(['Referer', referer]);
  return headers;
}
