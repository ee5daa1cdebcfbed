// What the examples that keep the login in a cookie have in common: its attributes, and the rules for
// a POST, which a foreign page sends with the cookie as well.
import { get, logInForCookie, PASSWORD, post } from '../support/http.ts';
import { expect, test } from '../support/test.ts';

const ann = { username: 'ann', password: PASSWORD };

for (const [name, cookieName] of [
  ['jwt-cookie', 'token'],
  ['session-passport', 'sid'],
  ['multi-node', 'sid'],
] as const) {
  test.describe(name, () => {
    test.describe.configure({ mode: 'default' }); // in one worker, so that they can share a server
    test('login sets an HttpOnly cookie, SameSite=Lax, for this host alone', async ({
      shareExample,
    }) => {
      const { origin } = await shareExample(name);
      const response = await post(`${origin}/login`, ann);
      expect(response.status).toBe(204);
      expect(await response.text()).toBe('');
      const [cookie, ...more] = response.headers.getSetCookie();
      expect(more).toEqual([]);
      expect(cookie).toMatch(new RegExp(`^${cookieName}=[^;]{40,};`));
      expect(cookie).toContain('; HttpOnly');
      expect(cookie).toContain('; SameSite=Lax');
      expect(cookie).toContain('; Path=/');
      expect(cookie).toMatch(/; (Max-Age|Expires)=/);
      expect(cookie).not.toContain('Domain');
      expect(cookie).not.toContain('Secure'); // plain http on localhost
    });

    test('in production the cookie has a __Host- name and is Secure', async ({ startExample }) => {
      const { origin } = await startExample(name, { env: { NODE_ENV: 'production' } });
      const tls = { 'X-Forwarded-Proto': 'https' }; // as a proxy says that ends TLS
      const response = await post(`${origin}/login`, ann, tls);
      expect(response.status).toBe(204);
      const cookie = response.headers.getSetCookie()[0] ?? '';
      expect(cookie).toMatch(new RegExp(`^__Host-${cookieName}=`));
      for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) {
        expect(cookie).toContain(`; ${attribute}`);
      }
      expect(cookie).not.toContain('Domain');
      const headers = { Cookie: cookie.split(';')[0] ?? '', ...tls };
      expect((await fetch(`${origin}/me`, { headers })).status).toBe(200);
    });

    test('a POST of what a foreign form can send answers 415', async ({ shareExample }) => {
      const { origin } = await shareExample(name);
      const Cookie = await logInForCookie(origin);
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        for (const path of ['/login', '/logout']) {
          const headers = { Cookie, 'Content-Type': type };
          const response = await post(`${origin}${path}`, ann, headers);
          expect(response.status, `${path} ${type}`).toBe(415);
          expect(response.headers.getSetCookie(), `${path} ${type}`).toEqual([]);
        }
      }
      const me = await fetch(`${origin}/me`, { headers: { Cookie } });
      expect(me.status).toBe(200);
    });

    test('a POST from a foreign origin answers 403, JSON or not', async ({ shareExample }) => {
      const { origin } = await shareExample(name);
      const Cookie = await logInForCookie(origin);
      const foreign = [
        { Origin: 'http://localhost:1' },
        { Origin: 'null' },
        { Origin: `${origin}.example` },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site' }, // a neighbor is no family
      ];
      for (const from of foreign) {
        for (const path of ['/login', '/logout']) {
          const headers = { Cookie, ...from } as Record<string, string>;
          const response = await post(`${origin}${path}`, ann, headers);
          expect(response.status, `${path} ${JSON.stringify(from)}`).toBe(403);
          expect(response.headers.getSetCookie()).toEqual([]);
        }
      }
      expect((await fetch(`${origin}/me`, { headers: { Cookie } })).status).toBe(200);
      expect((await post(`${origin}/logout`, {}, { Cookie, Origin: origin })).status).toBe(204);
    });

    test('logout takes the cookie back, whatever it is worth', async ({ shareExample }) => {
      const { origin } = await shareExample(name);
      const Cookie = await logInForCookie(origin);
      const out = await post(`${origin}/logout`, {}, { Cookie });
      const stale = await post(`${origin}/logout`, {}, { Cookie });
      const never = await post(`${origin}/logout`, {}, { Cookie: `${cookieName}=garbage` });
      expect([out.status, never.status]).toEqual([204, 401]);
      for (const response of [out, stale, never]) {
        const gone = response.headers.getSetCookie()[0];
        expect(gone).toMatch(new RegExp(`^${cookieName}=;.*Expires=Thu, 01 Jan 1970`));
      }
      expect((await get(`${origin}/me`)).status).toBe(401);
    });
  });
}

test('in production a session gets no cookie over a connection without TLS', async ({
  startExample,
}) => {
  const { origin } = await startExample('session-passport', { env: { NODE_ENV: 'production' } });
  const response = await post(`${origin}/login`, ann);
  expect(response.headers.getSetCookie()).toEqual([]);
});
