// HTTP as a client of the examples sends it.

const json = { 'Content-Type': 'application/json' };
export const PASSWORD = 'correct horse battery staple';

/** POST with a JSON body, or with the text as it is. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: text });
}

/** Signs in and gives the token. */
export async function logIn(origin: string, username = 'ann'): Promise<string> {
  const response = await post(`${origin}/login`, { username, password: PASSWORD });
  const { token }: { token: string } = await response.json();
  return token;
}

/** What stands for a login by token at the HTTP routes. */
export function bearer(token: unknown): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

/** POST /ticket: the answer holds a ticket, or the code of a refusal. */
export function askForTicket(origin: string, token: unknown): Promise<Response> {
  return post(`${origin}/ticket`, {}, bearer(token));
}

/** Buys a ticket with this token. Throws where none is sold. */
export async function buy(origin: string, token: string): Promise<string> {
  const response = await askForTicket(origin, token);
  if (!response.ok) throw new Error(`no ticket: ${response.status}`);
  const { ticket }: { ticket: string } = await response.json();
  return ticket;
}

/** GET /me, or another route, with a bearer token. */
export function get(url: string, token?: string) {
  return fetch(url, token ? { headers: bearer(token) } : {});
}

/** Signs in at an example that answers with a cookie; gives what a client sends as `Cookie`. */
export async function logInForCookie(
  origin: string,
  username = 'ann',
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await post(`${origin}/login`, { username, password: PASSWORD }, headers);
  const [cookie] = response.headers.getSetCookie();
  if (!cookie) throw new Error(`no cookie for ${username}: ${response.status}`);
  return cookie.split(';')[0] ?? '';
}
