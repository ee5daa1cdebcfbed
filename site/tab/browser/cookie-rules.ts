// Which host, path and date a cookie means: RFC 6265bis section 5.1.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The path of a cookie whose line names none (section 5.1.4): the request's, up to its last slash. */
export function defaultPath(pathname: string): string {
  const last = pathname.lastIndexOf('/');
  return pathname.startsWith('/') && last > 0 ? pathname.slice(0, last) : '/';
}

/** Whether a request's path lies in a cookie's (section 5.1.4): `/chat` holds `/chat/x`, not `/chatter`. */
export function pathMatches(pathname: string, path: string): boolean {
  if (pathname === path) return true;
  return pathname.startsWith(path) && (path.endsWith('/') || pathname[path.length] === '/');
}

const isAddress = (host: string) => /^[\d.]+$|:/.test(host);

/** A host that can have no cookies for what lies below it: an address, or one word, such as `localhost`. */
export const isWhole = (host: string): boolean => isAddress(host) || !host.includes('.');

/** Whether a host is a domain or lies below it (section 5.1.3). An address has nothing below it. */
export function domainMatches(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !isAddress(host));
}

/** Chromium takes `localhost` for secure without TLS: its loopback traffic leaves no machine. */
export function isSecure({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:' || protocol === 'wss:') return true;
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1';
}

/** Reads a cookie's date as section 5.1.1 says, in whatever order its parts come; in ms. */
export function parseCookieDate(text: string): number | undefined {
  let time: RegExpExecArray | null = null;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of text.split(/[\t\x20-\x2f;-@[-`{-~]+/)) {
    const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/.exec(token);
    const name = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    if (!time && clock) time = clock;
    else if (day === undefined && /^\d{1,2}(?:\D|$)/.test(token)) day = Number.parseInt(token, 10);
    else if (month === undefined && name >= 0) month = name;
    else if (year === undefined && /^\d{2,4}(?:\D|$)/.test(token)) {
      year = Number.parseInt(token, 10);
    }
  }
  if (!time || day === undefined || month === undefined || year === undefined) return undefined;
  if (year < 100) year += year >= 70 ? 1900 : 2000;
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3])];
  if (year < 1601 || hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(year, month, day, hour, minute, second));
  return date.getUTCDate() === day ? date.getTime() : undefined;
}
