// The carriers side by side: where each server looks for a login, what a header could do, and how
// large a cookie gets.
import { io as connect } from 'socket.io-client';
import { twoPlaces } from '../content/runs/four-carriers.ts';
import type { Example } from '../support/example.ts';
import { bearer, buy, logIn, logInForCookie } from '../support/http.ts';
import { listen, meet, type Site, withPage } from '../support/pages.ts';
import { no, once } from '../support/plain.ts';
import { answerTo, type Presented } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ mode: 'default' }); // in one worker, to share servers

/** What a login at this example is worth to a client: a token, a ticket, or the value of a cookie. */
async function credentialOf(example: Example): Promise<string> {
  const { name, origin } = example;
  if (['jwt-cookie', 'session-passport'].includes(name)) {
    return (await logInForCookie(origin)).split('=')[1] ?? '';
  }
  const token = await logIn(origin);
  return name === 'query-ticket' ? buy(origin, token) : token;
}

const places: Record<string, (value: string) => Presented> = {
  auth: (value) => ({ auth: { token: value, ticket: value } }),
  cookie: (value) => ({ headers: { Cookie: `token=${value}; sid=${value}` } }),
  query: (value) => ({ query: { token: value, ticket: value } }),
  header: (value) => ({ headers: bearer(value) }),
};

const own: Record<string, string> = {
  'auth-field': 'auth',
  'query-token': 'query',
  'query-ticket': 'query',
  'jwt-cookie': 'cookie',
  'session-passport': 'cookie',
};

test('each server finds a login in its own place, and in no other', async ({ shareExample }) => {
  test.setTimeout(60_000);
  for (const [name, place] of Object.entries(own)) {
    const example = await shareExample(name);
    const value = await credentialOf(example);
    for (const [other, present] of Object.entries(places)) {
      const missing = name === 'session-passport' ? 'SESSION_MISSING' : 'TOKEN_MISSING';
      const expected = other === place ? 'connected' : missing;
      expect(await answerTo(example.origin, present(value)), `${name}, ${other}`).toBe(expected);
    }
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

test('the cookie of a session has fewer than 105 bytes, that of a JWT more than 250', async ({
  shareExample,
}) => {
  const { origin } = await shareExample('session-passport');
  const jwt = await shareExample('jwt-cookie');
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
