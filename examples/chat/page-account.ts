// Signing up, in and out, over HTTP. The cookie is the browser's business: no script sees it.
import type { Reason } from './wire.ts';

export interface Me {
  id: string;
  name: string;
  role: 'member' | 'admin';
}

/** A request that was answered with no. `reason` says why, in words. */
export class Failed extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.message);
    this.reason = reason;
  }
}

/** The answer's JSON, or `{}`. Throws `Failed` for a no, and a TypeError when no server answered. */
export async function request<T = object>(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text.startsWith('{') ? text : '{}');
  const reason: Reason = text.startsWith('{')
    ? JSON.parse(text)
    : { code: 'SERVER_ERROR', message: 'The server could not do that.' };
  const wait = response.headers.get('Retry-After');
  if (wait) reason.message += ` Try again in ${minutes(Number(wait))}.`;
  throw new Failed(reason);
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** Who is signed in, or undefined. */
export async function whoAmI(): Promise<Me | undefined> {
  try {
    return await request<Me>('GET', '/me');
  } catch (error) {
    if (error instanceof Failed && error.reason.code !== 'AUTH_UNAVAILABLE') return undefined;
    throw error;
  }
}

export const signIn = (form: object) => request('POST', '/login', form);
export const signUp = (form: object) => request('POST', '/signup', form);
export const signOut = () => request('POST', '/logout', {});
