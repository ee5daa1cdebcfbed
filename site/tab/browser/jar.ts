/**
 * A browser's cookies, by RFC 6265bis (draft-ietf-httpbis-rfc6265bis) and, where that leaves a choice, as Chromium.
 *
 * A cookie is known by its name, domain and path. Ports and, on localhost, the scheme do not separate cookies: what
 * :3001 sets, :3002 gets. The list keeps the order of creation; a cookie set anew keeps its place in it.
 */
import { type Cookie, describeCookie, parseSetCookie } from './cookie.ts';
import { domainMatches } from './cookie-rules.ts';
import {
  type GetContext,
  isSameCookie,
  refuseCookie,
  type SetContext,
  withholdCookie,
} from './jar-rules.ts';

export interface SetResult {
  verb: 'stored' | 'deleted' | 'refused';
  name: string;
  why: string;
}

export interface GetResult {
  sent: { name: string; value: string }[];
  /** Of this host's cookies, those that do not go along. */
  withheld: { name: string; why: string }[];
}

export class CookieJar {
  #cookies: Cookie[] = [];
  #listeners = new Set<() => void>();
  #now: () => number;

  constructor({ now = Date.now }: { now?: () => number } = {}) {
    this.#now = now;
  }

  /** Takes one Set-Cookie line, or one assignment to `document.cookie` (section 5.7). */
  set(line: string, context: SetContext): SetResult {
    this.#dropExpired();
    const url = new URL(context.url);
    const parsed = parseSetCookie(line, url, this.#now());
    if ('refused' in parsed) return { verb: 'refused', name: parsed.name, why: parsed.refused };
    const { cookie } = parsed;
    const refusal = refuseCookie(parsed, this.#cookies, url, context);
    if (refusal) return { verb: 'refused', name: cookie.name, why: refusal };
    const at = this.#cookies.findIndex((other) => isSameCookie(other, cookie));
    const old = this.#cookies[at];
    const ended = cookie.expires <= this.#now();
    if (ended) this.#cookies = this.#cookies.filter((other) => other !== old);
    else if (old) this.#cookies[at] = { ...cookie, created: old.created };
    else this.#cookies.push(cookie);
    if (old || !ended) this.#changed();
    if (!ended) return { verb: 'stored', name: cookie.name, why: describeCookie(cookie) };
    const why = `it ends at once${old ? '' : ', and there was none with this domain and path'}`;
    return { verb: 'deleted', name: cookie.name, why };
  }

  /** The cookies for a request, or for a script to read: longer paths first, then older ones (section 5.8.3). */
  get(context: GetContext): GetResult {
    this.#dropExpired();
    const url = new URL(context.url);
    const sent: Cookie[] = [];
    const withheld: GetResult['withheld'] = [];
    for (const cookie of this.#cookies) {
      const { hostname } = url;
      const { domain, hostOnly } = cookie;
      if (hostOnly ? hostname !== domain : !domainMatches(hostname, domain)) continue;
      const why = withholdCookie(cookie, url, context);
      if (why) withheld.push({ name: cookie.name, why });
      else sent.push(cookie);
    }
    sent.sort((a, b) => b.path.length - a.path.length);
    return { sent: sent.map(({ name, value }) => ({ name, value })), withheld };
  }

  /** All cookies, oldest first, as copies. */
  list(): Cookie[] {
    this.#dropExpired();
    return this.#cookies.map((cookie) => ({ ...cookie }));
  }

  /** Replaces all cookies; `[]` empties the jar. */
  load(cookies: Cookie[]): void {
    this.#cookies = cookies.map((cookie) => ({ ...cookie }));
    this.#changed();
  }

  /** Calls back after each change, but not when a cookie ends by itself; gives what undoes it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #dropExpired(): void {
    const now = this.#now();
    this.#cookies = this.#cookies.filter(({ expires }) => expires > now);
  }
}

/** The Cookie header's value; a cookie without a name is its value alone (section 5.8.3). */
export function cookieHeader(sent: GetResult['sent']): string {
  return sent.map(({ name, value }) => (name ? `${name}=${value}` : value)).join('; ');
}
