/**
 * Finds JSON Web Tokens in a text and opens them. Opening needs no key and proves nothing: no signature is looked
 * at, because only the server has what that takes.
 */
import { span } from './words.ts';

export interface OpenedJwt {
  /** As it stands in the text. */
  token: string;
  header: Record<string, unknown>;
  /** Undefined where the middle part is no JSON object: then it stands in `text`. */
  claims?: Record<string, unknown>;
  text?: string;
  /** Base64url as sent; empty where there is none. */
  signature: string;
  /** iat, nbf and exp in words, in this order. */
  times: string[];
  /** What opening it does not tell. */
  caution: string;
}

const MOST = 10;
const MILLISECONDS = 1e11; // as seconds, a moment in the year 5138: no token means that
const OPENED = 'Opened, not verified: whether the signature is right, only server.ts can tell.';
const UNSIGNED = 'Opened, not verified. It carries no signature: anybody could have written it.';

/** The tokens of a text, each once, in their order, at most ten: after `token=`, `Bearer`, in cookies, in JSON. */
export function findJwts(text: string): string[] {
  const found = new Set<string>();
  for (const [run] of text.replace(/%[\da-f]{2}/gi, ' ').matchAll(/[\w.-]+/g)) {
    const parts = run.split('.');
    for (let n = 0; n + 2 < parts.length && found.size < MOST; n += 1) {
      const [header = '', claims = '', signature = ''] = parts.slice(n, n + 3);
      if (!claims || !isHeader(header)) continue;
      found.add(`${header}.${claims}.${signature}`);
      n += 2;
    }
  }
  return [...found];
}

/** Opens a token that `findJwts` found. `now` in ms since the epoch. */
export function openJwt(token: string, now: number): OpenedJwt {
  const [first = '', second = '', signature = ''] = token.split('.');
  const text = fromBase64url(second);
  const claims = toObject(text);
  return {
    token,
    header: toObject(fromBase64url(first)) ?? {},
    ...(claims ? { claims } : { text: text ?? second }),
    signature,
    times: claims ? timesOf(claims, now / 1000) : [],
    caution: signature ? OPENED : UNSIGNED,
  };
}

/** Opens every token of a text. */
export const openJwts = (text: string, now: number): OpenedJwt[] =>
  findJwts(text).map((token) => openJwt(token, now));

function isHeader(part: string): boolean {
  if (part.length < 8 || part.length > 4096) return false;
  const header = toObject(fromBase64url(part));
  return header !== undefined && Object.hasOwn(header, 'alg');
}

/** RFC 7519 section 4.1: a token is refused at `exp`, not only after it, and before `nbf`. */
function timesOf(claims: Record<string, unknown>, now: number): string[] {
  return ['iat', 'nbf', 'exp'].flatMap((name) => {
    if (!Object.hasOwn(claims, name)) return [];
    const at = claims[name];
    if (typeof at !== 'number' || !Number.isFinite(at)) {
      return [`${name} is not a number: it should be the seconds since 1970`];
    }
    if (at > MILLISECONDS) return [`${name} is in milliseconds: it should be in seconds`];
    const left = at - now;
    if (name === 'iat') {
      return [left > 0 ? `issued ${span(left)} from now: the clocks differ` : ago('issued', left)];
    }
    if (name === 'nbf') {
      return [left > 0 ? `not valid for another ${span(left)}` : ago('became valid', left)];
    }
    return [left > 0 ? `expires in ${span(left)}` : ago('expired', left)];
  });
}

const ago = (word: string, left: number): string => `${word} ${span(-left)} ago`;

function toObject(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Base64url (RFC 4648 section 5) as UTF-8, or undefined where it is neither. */
function fromBase64url(part: string): string | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
