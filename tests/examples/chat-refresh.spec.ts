// What a refresh token of the chat gives, and what becomes of one that two have.
import { enter, logInForTokens } from '../support/chat.ts';
import type { Example, Options, Variant } from '../support/example.ts';
import { get, post } from '../support/http.ts';
import { answerTo } from '../support/raw.ts';
import { expect, test } from '../support/test.ts';

const refresh = (origin: string, token: string) => post(`${origin}/refresh`, { refresh: token });

test('a refresh gives the next pair, and the pair before it is half as good', async ({
  startExample,
}) => {
  const { origin } = await startExample('chat');
  const first = await logInForTokens(origin);
  const response = await refresh(origin, first.refresh);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const second = await response.json();
  expect(second.refresh).not.toBe(first.refresh);
  for (const { token } of [first, second]) {
    expect((await get(`${origin}/me`, token)).status, 'both until their exp').toBe(200);
  }
  expect((await get(`${origin}/me`, second.refresh)).status, 'a refresh token opens no door').toBe(
    401,
  );
  expect((await refresh(origin, second.token)).status, 'an access token is none').toBe(400);
});

/** A thief has copied a refresh token and uses it; the owner's app comes later, with the same. */
async function stolen(startExample: Start, variant: Variant = []) {
  const example = await startExample('chat', { variant });
  const { origin } = example;
  const mine = await logInForTokens(origin);
  const theirs = await (await refresh(origin, mine.refresh)).json();
  const thief = await enter(origin, {}, theirs);
  const owner = await refresh(origin, mine.refresh);
  return { example, thief, theirs, owner };
}
type Start = (name: string, options: Options) => Promise<Example>;

test('a refresh token of the chat that is used twice burns the login, and ends its sockets', async ({
  startExample,
}) => {
  const { example, thief, theirs, owner } = await stolen(startExample);
  const { origin } = example;
  expect(owner.status).toBe(401);
  expect(await thief.hear('ended', 500)).toMatchObject({ code: 'TOKEN_INVALID' });
  expect(await thief.raw.isClosed(500)).toBe(true);
  expect((await refresh(origin, theirs.refresh)).status).toBe(401);
  expect(await answerTo(origin, { auth: { token: theirs.token } })).toBe('TOKEN_INVALID');
  expect(example.log).toContainEqual(expect.objectContaining({ event: 'burned', user: 'u1' }));
  expect(await logInForTokens(origin), 'the owner signs in anew').toHaveProperty('token');
});

test('a chat that only refuses the second use leaves the thief inside', async ({
  startExample,
}) => {
  const variant: Variant = [
    [
      'return account === undefined ? undefined : { burned: id, account };',
      'return undefined;',
      'logins.ts',
    ],
    [
      'const account = await this.end(id);',
      'const account: string | undefined = undefined;',
      'logins.ts',
    ],
  ];
  const { example, thief, theirs, owner } = await stolen(startExample, variant);
  expect(owner.status).toBe(401);
  expect(await thief.hears('ended')).toBe(false);
  expect((await refresh(example.origin, theirs.refresh)).status).toBe(200);
});
