// Header fields as lists, and which of them a script may set or see (Fetch standard, "Headers").
import type { Header } from '../wire.ts';

/** A field's value, repeated ones joined by a comma; undefined where it is absent. Names in any case. */
export function getHeader(headers: Header[], name: string): string | undefined {
  const lower = name.toLowerCase();
  const values = headers.filter(([other]) => other.toLowerCase() === lower);
  return values.length ? values.map(([, value]) => value.trim()).join(', ') : undefined;
}

/** All values of a field that must not be joined, such as Set-Cookie. */
export function getAll(headers: Header[], name: string): string[] {
  const lower = name.toLowerCase();
  return headers.filter(([other]) => other.toLowerCase() === lower).map(([, value]) => value);
}

/** A comma-separated list, in lower case. */
export function listOf(value: string | undefined): string[] {
  const parts = (value ?? '').split(',').map((part) => part.trim().toLowerCase());
  return parts.filter(Boolean);
}

/** Headers without those named; the names in lower case. */
export function without(headers: Header[], names: readonly string[]): Header[] {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

const FORBIDDEN = [
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
  'user-agent', // not on the standard's list any more, but Chromium keeps its own
];

const OVERRIDES = ['x-http-method', 'x-http-method-override', 'x-method-override'];
const FORBIDDEN_METHODS = ['connect', 'trace', 'track'];

/** Methods that no script may use (Fetch, "forbidden method"). */
export const isForbiddenMethod = (method: string): boolean =>
  FORBIDDEN_METHODS.includes(method.toLowerCase());

/** Fields that are the browser's alone: what a script sets there is dropped (Fetch, "forbidden request-header"). */
export function isForbiddenHeader([name, value]: Header): boolean {
  const lower = name.toLowerCase();
  if (OVERRIDES.includes(lower)) return listOf(value).some(isForbiddenMethod);
  return FORBIDDEN.includes(lower) || /^(?:proxy|sec)-/.test(lower);
}

/** The methods that are written in capitals whatever the script wrote; `patch` is not one (Fetch, "normalize a method"). */
export function normalizeMethod(method: string): string {
  const upper = method.toUpperCase();
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
}
