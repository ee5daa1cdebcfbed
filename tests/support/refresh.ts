// A client of refresh-rotation without a browser: it keeps the cookie by itself, and may keep an old one.
import { bearer, PASSWORD, post } from './http.ts';
import { openWebSocket, type Raw } from './raw.ts';

export interface Refreshed {
  status: number;
  /** The code of a refusal. */
  code: string;
  token: string;
  expiresIn: number;
  /** What a client sends as `Cookie` from then on; the old one when the answer set none. */
  cookie: string;
}

async function read(response: Response, before: string): Promise<Refreshed> {
  const { code = '', token = '', expiresIn = 0 } = await response.json();
  const [set] = response.headers.getSetCookie();
  const cookie = set?.split(';')[0] ?? before;
  return { status: response.status, code, token, expiresIn, cookie };
}

/** Signs in with a password. */
export async function begin(origin: string, username = 'ann'): Promise<Refreshed> {
  return read(await post(`${origin}/login`, { username, password: PASSWORD }), '');
}

/** POST /refresh with this cookie. */
export async function refresh(
  origin: string,
  cookie: string,
  headers: Record<string, string> = {},
): Promise<Refreshed> {
  return read(await post(`${origin}/refresh`, {}, { Cookie: cookie, ...headers }), cookie);
}

/** POST /logout with this access token; gives the status. */
export async function logOut(origin: string, token: string): Promise<number> {
  return (await post(`${origin}/logout`, {}, bearer(token))).status;
}

/** Opens a socket with this token. Throws when it is not let in. */
export async function enter(origin: string, token: string): Promise<Raw> {
  const raw = await openWebSocket(origin);
  const answer = await raw.connect({ token });
  if (answer.kind !== 'connected') throw new Error(JSON.stringify(answer));
  return raw;
}
