// A Set-Cookie line taken apart: RFC 6265bis (draft-ietf-httpbis-rfc6265bis), sections 5.1 and 5.6.
import { defaultPath, isWhole, parseCookieDate } from './cookie-rules.ts';

/** `default` is a cookie whose line named no SameSite: treated as Lax. */
export type SameSite = 'strict' | 'lax' | 'none' | 'default';

/** A cookie as the jar keeps it (RFC 6265bis section 5.7). Times are ms since the epoch. */
export interface Cookie {
  name: string;
  value: string;
  /** Lower case, without a leading dot. */
  domain: string;
  /** Sent to this host alone, not to its subdomains: the line named no Domain. */
  hostOnly: boolean;
  path: string;
  secure: boolean;
  httpOnly: boolean;
  sameSite: SameSite;
  /** Infinity for a cookie that lasts until the browser closes. */
  expires: number;
  created: number;
}

/** What a line says, before the jar has judged it. */
export interface Parsed {
  cookie: Cookie;
  /** The Domain attribute, '' when absent or empty. */
  domainAttribute: string;
  /** Whether the line itself named a path that counts. */
  namedPath: boolean;
}

const DAY = 86_400_000;
const MOST = 400 * DAY;
const size = (text: string) => new TextEncoder().encode(text).length;
const trim = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, '');

/** Splits at the first `=`; without one, all of it is the value. */
function pair(part: string): [name: string, value: string] {
  const at = part.indexOf('=');
  return at < 0 ? ['', trim(part)] : [trim(part.slice(0, at)), trim(part.slice(at + 1))];
}

/** Attributes by lower-case name, the last of each; one over 1024 bytes is skipped (section 5.6). */
function readAttributes(parts: string[]): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const part of parts) {
    const [name, value] = part.includes('=') ? pair(part) : [trim(part), ''];
    if (size(value) <= 1024) attributes.set(name.toLowerCase(), value);
  }
  return attributes;
}

/** When it ends: Max-Age wins over Expires, and neither reaches beyond 400 days (sections 5.6.1, 5.6.2). */
function readExpiry(attributes: Map<string, string>, now: number): number {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) {
    const seconds = Number(maxAge);
    return seconds <= 0 ? Number.NEGATIVE_INFINITY : now + Math.min(seconds * 1000, MOST);
  }
  const date = parseCookieDate(attributes.get('expires') ?? '');
  return date === undefined ? Number.POSITIVE_INFINITY : Math.min(date, now + MOST);
}

function readSameSite(value = ''): SameSite {
  const word = value.toLowerCase();
  return word === 'strict' || word === 'lax' || word === 'none' ? word : 'default';
}

/** Takes a line apart for a URL (section 5.6), or says why it is no cookie at all. */
export function parseSetCookie(
  line: string,
  url: URL,
  now: number,
): Parsed | { name: string; refused: string } {
  const [first = '', ...rest] = line.split(';');
  const [name, value] = pair(first);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the rule is about control characters
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) {
    return { name, refused: 'it has a control character in it' };
  }
  if (!name && !value) return { name, refused: 'it has neither a name nor a value' };
  if (size(name) + size(value) > 4096) {
    return { name, refused: 'its name and value are over 4096 bytes together' };
  }
  const attributes = readAttributes(rest);
  const path = attributes.get('path') ?? '';
  const domainAttribute = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  // Section 5.7: a Domain that is the host and has nothing below it means the host alone.
  const hostOnly = !domainAttribute || (domainAttribute === url.hostname && isWhole(url.hostname));
  const cookie: Cookie = {
    name,
    value,
    domain: domainAttribute || url.hostname,
    hostOnly,
    path: path.startsWith('/') ? path : defaultPath(url.pathname),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: readSameSite(attributes.get('samesite')),
    expires: readExpiry(attributes, now),
    created: now,
  };
  return { cookie, domainAttribute, namedPath: path.startsWith('/') };
}

/** A cookie's terms in a few words, for whoever watches. */
export function describeCookie(cookie: Cookie): string {
  const sameSite = { strict: 'Strict', lax: 'Lax', none: 'None', default: 'Lax by default' };
  const words = [`for ${cookie.hostOnly ? '' : 'all of '}${cookie.domain}${cookie.path}`];
  if (cookie.httpOnly) words.push('HttpOnly');
  if (cookie.secure) words.push('Secure');
  words.push(`SameSite ${sameSite[cookie.sameSite]}`);
  words.push(
    cookie.expires === Number.POSITIVE_INFINITY
      ? 'until the browser closes'
      : `until ${new Date(cookie.expires).toISOString()}`,
  );
  return words.join(', ');
}
