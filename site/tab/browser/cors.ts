// Cross-origin requests as the Fetch standard has them: which need a preflight, and what an answer must say.
import type { Header } from '../wire.ts';
import { getHeader, listOf } from './headers.ts';

/** What the checks must know of a request. `origin` is as its Origin header says it. */
export interface CorsRequest {
  method: string;
  /** Those that the script set. */
  headers: Header[];
  origin: string;
  /** Whether its credentials mode is `include`. */
  credentials: boolean;
}

type Answer = { status: number; headers: Header[] };

const SAFE_METHODS = ['GET', 'HEAD', 'POST'];
const SAFE_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
const EXPOSED =
  'cache-control content-language content-length content-type expires last-modified pragma';

/** Whether a page may read what a URL gives without asking: same scheme, host and port (HTML standard, Origins). */
export const isSameOrigin = (url: URL | string, origin: string): boolean =>
  new URL(url).origin === origin;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule is about control characters
const UNSAFE_BYTES = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;

/** Fetch, "CORS-safelisted request-header". */
function isSafe([name, value]: Header): boolean {
  if (value.length > 128) return false;
  switch (name.toLowerCase()) {
    case 'accept':
      return !UNSAFE_BYTES.test(value);
    case 'accept-language':
    case 'content-language':
      return /^[\dA-Za-z *,\-.;=]*$/.test(value);
    case 'content-type': {
      const type = value.split(';')[0]?.trim().toLowerCase() ?? '';
      return !UNSAFE_BYTES.test(value) && SAFE_TYPES.includes(type);
    }
    case 'range': {
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
      return first !== undefined && (!last || Number(first) <= Number(last));
    }
    default:
      return false;
  }
}

/** The names that a preflight must ask for, sorted, in lower case (Fetch, "CORS-unsafe request-header names"). */
export function unsafeHeaders(headers: Header[]): string[] {
  const safe = headers.filter(isSafe);
  const size = safe.reduce((sum, [, value]) => sum + value.length, 0);
  const unsafe = size > 1024 ? headers : headers.filter((header) => !safe.includes(header));
  return [...new Set(unsafe.map(([name]) => name.toLowerCase()))].sort();
}

/** Without CORS a cross-origin request carries no other headers than these (Fetch, "no-CORS-safelisted request-header"). */
export const keepSafeHeaders = (headers: Header[]): Header[] =>
  headers.filter((header) => isSafe(header) && header[0].toLowerCase() !== 'range');

/** Whether a browser asks first, and why (Fetch, "HTTP fetch"). */
export function needsPreflight({
  method,
  headers,
}: Omit<CorsRequest, 'origin' | 'credentials'>): string | undefined {
  if (!SAFE_METHODS.includes(method)) return `its method is ${method}`;
  const names = unsafeHeaders(headers);
  return names.length ? `it sets ${names.join(', ')}` : undefined;
}

/** What a preflight adds to the headers of any request (Fetch, "CORS-preflight fetch"). */
export function preflightHeaders({ method, headers }: CorsRequest): Header[] {
  const names = unsafeHeaders(headers);
  const asked: Header[] = [['Access-Control-Request-Method', method]];
  if (names.length) asked.push(['Access-Control-Request-Headers', names.join(',')]);
  return asked;
}

/** The CORS check of any answer (Fetch, "CORS check"): the rule that it breaks, or undefined where a script may read it. */
export function checkResponse(
  { headers }: Pick<Answer, 'headers'>,
  { origin, credentials }: Pick<CorsRequest, 'origin' | 'credentials'>,
): string | undefined {
  const allowed = getHeader(headers, 'access-control-allow-origin');
  if (allowed === undefined) return `no Access-Control-Allow-Origin, and the page is ${origin}`;
  if (allowed === '*' && !credentials) return undefined;
  if (allowed === '*') return 'Access-Control-Allow-Origin is *, which counts not with credentials';
  if (allowed !== origin) {
    return `Access-Control-Allow-Origin is ${allowed}, and the page is ${origin}`;
  }
  if (!credentials || getHeader(headers, 'access-control-allow-credentials') === 'true') {
    return undefined;
  }
  return 'no Access-Control-Allow-Credentials: true, and the request carries credentials';
}

/** The check of a preflight's answer (Fetch, "CORS-preflight fetch"): the rule that it breaks, or undefined. `*` counts not with credentials. */
export function checkPreflight(answer: Answer, request: CorsRequest): string | undefined {
  const why = checkResponse(answer, request);
  if (why) return `preflight: ${why}`;
  if (answer.status < 200 || answer.status > 299) {
    return `preflight: its status is ${answer.status}, not 200 to 299`;
  }
  const methods = getHeader(answer.headers, 'access-control-allow-methods') ?? '';
  const listed = methods.split(',').map((method) => method.trim());
  const any = (names: string[]) => names.includes('*') && !request.credentials;
  const { method } = request;
  if (!SAFE_METHODS.includes(method) && !listed.includes(method) && !any(listed)) {
    return `preflight: Access-Control-Allow-Methods does not list ${method}`;
  }
  const names = listOf(getHeader(answer.headers, 'access-control-allow-headers'));
  const missing = unsafeHeaders(request.headers).find(
    (name) => !names.includes(name) && (name === 'authorization' || !any(names)),
  );
  return missing ? `preflight: Access-Control-Allow-Headers does not list ${missing}` : undefined;
}

/** For how long a preflight's answer serves the next request, in ms: 5 s unless it says, 2 h at most, as Chromium. */
export function preflightAge(headers: Header[]): number {
  const age = getHeader(headers, 'access-control-max-age') ?? '';
  return 1000 * (/^-?\d+$/.test(age) ? Math.min(Math.max(Number(age), 0), 7200) : 5);
}

/** What a script sees of an answer's headers: never Set-Cookie, and across origins only what is exposed (Fetch, "CORS-safelisted response-header name"). */
export function exposedHeaders(
  headers: Header[],
  { crossOrigin, credentials }: { crossOrigin: boolean; credentials: boolean },
): Header[] {
  const listed = listOf(getHeader(headers, 'access-control-expose-headers'));
  const all = !crossOrigin || (listed.includes('*') && !credentials);
  const names = [...EXPOSED.split(' '), ...listed];
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    if (lower === 'set-cookie' || lower === 'set-cookie2') return false;
    return all || names.includes(lower);
  });
}
