// When a cookie is refused and when it stays behind: RFC 6265bis sections 5.7 and 5.8.3, each rule with its reason in words.
import type { Cookie, Parsed } from './cookie.ts';
import { domainMatches, isSecure, isWhole, pathMatches } from './cookie-rules.ts';

/**
 * Where a request comes from (section 5.2): `strict` from the same site, `lax` another site's link that changes the
 * page at the top, `cross` anything else from another site.
 */
export type SiteContext = 'strict' | 'lax' | 'cross';

export interface SetContext {
  url: string;
  /** Whether the connection counts as secure; by default https, wss and localhost do. */
  secure?: boolean;
  sameSite: SiteContext;
  /** Set or read by `document.cookie`, not by a response or for a request. */
  script: boolean;
}

export type GetContext = SetContext & { method: string };

/** A cookie replaces another with its name, domain and path (section 5.7). */
export const isSameCookie = (a: Cookie, b: Cookie): boolean =>
  a.name === b.name && a.domain === b.domain && a.hostOnly === b.hostOnly && a.path === b.path;

type Rule = (parsed: Parsed, context: Required<SetContext>, url: URL) => string | undefined;

const domain: Rule = ({ cookie }, _context, url) => {
  if (!domainMatches(url.hostname, cookie.domain)) {
    return `its Domain ${cookie.domain} is not ${url.hostname}, nor above it`;
  }
  const suffix = cookie.domain !== url.hostname && isWhole(cookie.domain);
  return suffix ? `its Domain ${cookie.domain} is a public suffix` : undefined;
};

const secure: Rule = ({ cookie }, context) =>
  cookie.secure && !context.secure ? 'it is Secure, and this connection is not' : undefined;

const httpOnly: Rule = ({ cookie }, { script }) =>
  cookie.httpOnly && script ? 'a script cannot set an HttpOnly cookie' : undefined;

const sameSite: Rule = ({ cookie }, context) => {
  if (cookie.sameSite !== 'none' && context.sameSite === 'cross') {
    return 'its SameSite is not None, and this response answers a request from another site';
  }
  return cookie.sameSite === 'none' && !cookie.secure ? 'SameSite=None asks for Secure' : undefined;
};

/** `__Secure-` and `__Host-` in any case, and nameless cookies that pose as one (section 5.4). */
const prefix: Rule = ({ cookie, domainAttribute, namedPath }) => {
  const word = /^__(secure|host)-/i.exec(cookie.name || cookie.value)?.[1]?.toLowerCase();
  if (!word) return undefined;
  const name = word === 'host' ? '__Host-' : '__Secure-';
  if (!cookie.name) return `it has no name, and its value begins with ${name}`;
  if (!cookie.secure) return `the prefix ${name} asks for Secure`;
  if (word === 'secure') return undefined;
  if (domainAttribute) return `the prefix ${name} asks for no Domain`;
  return namedPath && cookie.path === '/' ? undefined : `the prefix ${name} asks for Path=/`;
};

const rules = [domain, secure, httpOnly, sameSite, prefix];

/** Why the jar takes no such cookie (section 5.7), or undefined where it does. */
export function refuseCookie(
  parsed: Parsed,
  jar: Cookie[],
  url: URL,
  given: SetContext,
): string | undefined {
  const { cookie } = parsed;
  const context = { secure: isSecure(url), ...given };
  for (const rule of rules) {
    const why = rule(parsed, context, url);
    if (why) return why;
  }
  const covers = (old: Cookie) =>
    old.secure &&
    old.name === cookie.name &&
    (domainMatches(old.domain, cookie.domain) || domainMatches(cookie.domain, old.domain)) &&
    pathMatches(cookie.path, old.path);
  if (!cookie.secure && !context.secure && jar.some(covers)) {
    return 'a Secure cookie has this name, and this connection is not secure';
  }
  const old = jar.find((other) => isSameCookie(other, cookie));
  return given.script && old?.httpOnly ? 'a script cannot overwrite an HttpOnly cookie' : undefined;
}

/** Why a cookie of this host stays behind (section 5.8.3), or undefined where it goes along. */
export function withholdCookie(cookie: Cookie, url: URL, context: GetContext): string | undefined {
  const { method, sameSite, script, secure = isSecure(url) } = context;
  if (!pathMatches(url.pathname, cookie.path)) return `its path is ${cookie.path}`;
  if (cookie.secure && !secure) return 'it is Secure, and this connection is not';
  if (cookie.httpOnly && script) return 'HttpOnly: no script reads it';
  if (sameSite === 'strict' || cookie.sameSite === 'none') return undefined;
  if (cookie.sameSite === 'strict') {
    return 'SameSite=Strict, and the request comes from another site';
  }
  const lax = cookie.sameSite === 'lax' ? 'SameSite=Lax' : 'SameSite is Lax by default';
  if (sameSite === 'cross') return `${lax}, and another site's page makes the request`;
  const safe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method.toUpperCase());
  return safe ? undefined : `${lax}, and ${method} is no safe method`;
}
