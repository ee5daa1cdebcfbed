// The carriers side by side: where each server looks, what a header could do, and what a JWT and a
// session are worth on a second node, as a copy, and without their secrets.
import { createHmac, randomBytes } from 'node:crypto';
import { io as connect } from 'socket.io-client';
import { sharedStore } from '../content/runs/choose.ts';
import { twoPlaces } from '../content/runs/four-carriers.ts';
import { type Example, SECRET } from '../support/example.ts';
import { logIn, logInForCookie, post } from '../support/http.ts';
import { listen, meet, type Site, withPage } from '../support/pages.ts';
import { no, once } from '../support/plain.ts';
import { openWebSocket, type Presented } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

/** `connected`, or the code of the refusal. */
async function enter({ origin }: Example, { headers, query, auth }: Presented): Promise<string> {
  const raw = await openWebSocket(origin, headers, query);
  const answer = await raw.connect(auth);
  raw.close();
  return answer.kind === 'refused' ? answer.code : answer.kind;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

async function buy({ origin }: Example, token: string): Promise<string> {
  const response = await post(`${origin}/ticket`, {}, bearer(token));
  const { ticket }: { ticket: string } = await response.json();
  return ticket;
}

/** What a login at this example is worth to a client: a token, a ticket, or the value of a cookie. */
async function credentialOf(example: Example): Promise<string> {
  const { name, origin } = example;
  if (['jwt-cookie', 'session-passport'].includes(name)) {
    return (await logInForCookie(origin)).split('=')[1] ?? '';
  }
  const token = await logIn(origin);
  return name === 'query-ticket' ? buy(example, token) : token;
}

const places: Record<string, (value: string) => Presented> = {
  auth: (value) => ({ auth: { token: value, ticket: value } }),
  cookie: (value) => ({ headers: { Cookie: `token=${value}; sid=${value}` } }),
  query: (value) => ({ query: { token: value, ticket: value } }),
  header: (value) => ({ headers: bearer(value) }),
};

const own: Record<string, string> = {
  'auth-field': 'auth',
  'jwt-cookie': 'cookie',
  'query-token': 'query',
  'query-ticket': 'query',
  'session-passport': 'cookie',
};

test('each server finds a login in its own place, and in no other', async ({ startExample }) => {
  test.setTimeout(60_000);
  for (const [name, place] of Object.entries(own)) {
    const example = await startExample(name);
    const value = await credentialOf(example);
    for (const [other, present] of Object.entries(places)) {
      const missing = name === 'session-passport' ? 'SESSION_MISSING' : 'TOKEN_MISSING';
      const expected = other === place ? 'connected' : missing;
      expect(await enter(example, present(value)), `${name}, ${other}`).toBe(expected);
    }
    await example.stop();
  }
});

/** The Authorization header as `io.use` sees it, at each CONNECT. */
function authorizationsAt({ io }: Site): (string | undefined)[] {
  const seen: (string | undefined)[] = [];
  io.use(({ handshake }, next) => {
    seen.push(handshake.headers.authorization);
    next();
  });
  return seen;
}

const extraHeaders = bearer('mine');

test('no way leads from a page to an Authorization header on a WebSocket', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  await page.goto(site.origin);
  const transports = ['websocket'];
  for (const options of [
    { extraHeaders },
    { transportOptions: { websocket: { extraHeaders } } },
    { headers: extraHeaders },
  ]) {
    expect(await meet(page, site.origin, { transports, ...options })).toBe('connected');
  }
  const thrown = await page.evaluate(
    ({ url, headers }) => {
      try {
        return String(Reflect.construct(WebSocket, [url, { headers }]));
      } catch (error) {
        return (error as Error).name;
      }
    },
    { url: `${site.origin}/socket.io/?EIO=4&transport=websocket`, headers: extraHeaders },
  );
  expect(thrown).toBe('SyntaxError'); // there is no such argument: the object is read as a name
  expect(site.asked.map(({ headers }) => headers.authorization)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('with polling first the server sees the Authorization header of a page, with WebSocket alone it does not', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  const seen = authorizationsAt(site);
  await page.goto(site.origin);
  expect(await meet(page, site.origin, { extraHeaders })).toBe('connected');
  const transports = ['websocket'];
  expect(await meet(page, site.origin, { extraHeaders, transports })).toBe('connected');
  expect(seen).toEqual(['Bearer mine', undefined]);
});

test('a client in Node sends an Authorization header on both transports', async ({
  plainServer,
}) => {
  const site = withPage(await plainServer());
  const seen = authorizationsAt(site);
  for (const transports of [['polling'], ['websocket']]) {
    const client = connect(site.origin, { extraHeaders, transports, forceNew: true });
    await once(client, 'connect');
    client.close();
  }
  expect(seen).toEqual(['Bearer mine', 'Bearer mine']);
});

test('a server that takes the token from auth or from the cookie lets a page on another port in', async ({
  page,
  plainServer,
}) => {
  const [both, authAlone] = [withPage(await plainServer()), withPage(await plainServer())];
  const other = withPage(await plainServer());
  const verify = (token: unknown) => token === 'anns';
  twoPlaces(both.io, verify);
  authAlone.io.use(({ handshake }, next) => next(verify(handshake.auth['token']) ? undefined : no));
  for (const site of [both, authAlone]) {
    site.cookies = ['token=anns; HttpOnly; SameSite=Strict']; // for its HTTP routes
    await page.goto(site.origin);
    expect(await meet(page, site.origin, { auth: { token: 'anns' } })).toBe('connected');
  }
  await page.goto(other.origin);
  expect((await listen(page, both.origin, '40{'))[1]).toMatch(/^40\{"sid"/);
  expect((await listen(page, authAlone.origin, '44{'))[1]).toMatch(/^44\{/);
});

test('a token logged out on one node opens a connection on another, and open sockets stay there', async ({
  startExample,
}) => {
  const env = { RECHECK_SECONDS: '1' };
  const [here, there] = [
    await startExample('auth-field'),
    await startExample('auth-field', { env }),
  ];
  const token = await logIn(here.origin);
  const open = await openWebSocket(there.origin);
  expect((await open.connect({ token })).kind).toBe('connected');
  expect((await post(`${here.origin}/logout`, {}, bearer(token))).status).toBe(204);
  expect(await enter(here, { auth: { token } })).toBe('TOKEN_INVALID');
  expect(await enter(there, { auth: { token } })).toBe('connected');
  await there.lookup('u1'); // the re-check, which knows of no logout
  expect(await open.isClosed(500)).toBe(false);
  open.close();
});

test('with a shared store, a session logged out on one node opens nothing on another, and open sockets end at the next look', async ({
  startExample,
}) => {
  const variant = sharedStore();
  const here = await startExample('session-passport', { variant });
  const there = await startExample('session-passport', { variant, env: { RECHECK_SECONDS: '1' } });
  const headers = { Cookie: await logInForCookie(here.origin) };
  const open = await openWebSocket(there.origin, headers);
  expect((await open.connect()).kind).toBe('connected');
  expect((await post(`${here.origin}/logout`, {}, headers)).status).toBe(204);
  expect(await enter(there, { headers })).toBe('SESSION_MISSING');
  expect(await open.next('42["ended"', 3_000)).toContain('SESSION_EXPIRED');
});

test('a list of logouts that two nodes share keeps a token out on both', async ({
  plainServer,
}) => {
  const loggedOut = new Set<unknown>(); // stands for a store that both ask
  const nodes = [await plainServer(), await plainServer()];
  for (const { io } of nodes) {
    io.use(({ handshake }, next) => next(loggedOut.has(handshake.auth['jti']) ? no : undefined));
  }
  const answers = async () => {
    const kinds: string[] = [];
    for (const { origin } of nodes) {
      const raw = await openWebSocket(origin);
      kinds.push((await raw.connect({ jti: 'a' })).kind);
      raw.close();
    }
    return kinds;
  };
  expect(await answers()).toEqual(['connected', 'connected']);
  loggedOut.add('a');
  expect(await answers()).toEqual(['refused', 'refused']);
});

test('a ticket that one node has sold is unknown on another', async ({ startExample }) => {
  const [here, there] = [await startExample('query-ticket'), await startExample('query-ticket')];
  const token = await logIn(here.origin);
  const ticket = await buy(here, token);
  expect(await enter(there, { query: { ticket } })).toBe('TOKEN_INVALID');
  expect(await enter(there, { query: { ticket: await buy(there, token) } })).toBe('connected');
});

test('a session in the memory of one node is missing on another', async ({ startExample }) => {
  const [here, there] = [
    await startExample('session-passport'),
    await startExample('session-passport'),
  ];
  const headers = { Cookie: await logInForCookie(here.origin) };
  expect(await enter(here, { headers })).toBe('connected');
  expect(await enter(there, { headers })).toBe('SESSION_MISSING');
});

test('the cookie of a session has fewer than 105 bytes, that of a JWT more than 250', async ({
  startExample,
}) => {
  const { origin } = await startExample('session-passport');
  const jwt = await startExample('jwt-cookie');
  expect((await logInForCookie(origin)).length).toBeLessThan(105);
  expect((await logInForCookie(jwt.origin)).length).toBeGreaterThan(250);
});

test('a browser drops a cookie of more than 4 kB, and tells nobody', async ({
  page,
  plainServer,
}) => {
  const site = withPage(await plainServer());
  const value = (length: number) => 'x'.repeat(length);
  site.cookies = [`small=${value(4_000)}; HttpOnly`, `large=${value(4_100)}; HttpOnly`];
  await page.goto(site.origin);
  expect(await meet(page, site.origin)).toBe('connected');
  expect(site.asked[0]?.headers.cookie).toMatch(/^small=x+$/);
});

test('who has the JWT secret signs in as the admin, who has the session secret signs ids that no store has', async ({
  startExample,
}) => {
  const field = await startExample('auth-field');
  const auth = { token: field.sign({ sub: 'u3' }) };
  const raw = await openWebSocket(field.origin);
  await raw.connect(auth);
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('"role":"admin"');
  raw.close();

  const sessions = await startExample('session-passport');
  await logInForCookie(sessions.origin, 'root'); // the admin has a session, under an id of its own
  const sign = (id: string) => {
    const seal = createHmac('sha256', SECRET).update(id).digest('base64').replace(/=+$/, '');
    return { headers: { Cookie: `sid=${encodeURIComponent(`s:${id}.${seal}`)}` } };
  };
  const [id] = (await sessions.steer({ do: 'sessions' })) as string[];
  expect(await enter(sessions, sign(id ?? ''))).toBe('connected'); // the signature is right
  const guessed = randomBytes(24).toString('base64url');
  expect(await enter(sessions, sign(guessed))).toBe('SESSION_MISSING');
});

test('a copy of a session cookie works in another client, and ends with the logout', async ({
  startExample,
}) => {
  const example = await startExample('session-passport');
  const headers = { Cookie: await logInForCookie(example.origin) };
  const thief = await openWebSocket(example.origin, { ...headers, 'User-Agent': 'another client' });
  expect((await thief.connect()).kind).toBe('connected');
  await post(`${example.origin}/logout`, {}, headers);
  expect(await thief.next('42["ended"')).toContain('SESSION_EXPIRED');
  expect(await enter(example, { headers })).toBe('SESSION_MISSING');
});

test('a restart brings back a token that was logged out, and loses every session in memory', async ({
  startExample,
}) => {
  const before = await startExample('auth-field');
  const token = await logIn(before.origin);
  await post(`${before.origin}/logout`, {}, bearer(token));
  expect(await enter(before, { auth: { token } })).toBe('TOKEN_INVALID');
  await before.stop();
  expect(await enter(await startExample('auth-field'), { auth: { token } })).toBe('connected');

  const sessions = await startExample('session-passport');
  const headers = { Cookie: await logInForCookie(sessions.origin) };
  expect(await enter(sessions, { headers })).toBe('connected');
  await sessions.stop();
  const after = await startExample('session-passport');
  expect(await enter(after, { headers })).toBe('SESSION_MISSING');
});
