// A socket of refresh-rotation that is given new tokens, and the end that none of them moves.
import { setTimeout as wait } from 'node:timers/promises';
import type { Raw } from '../support/raw.ts';
import { begin, enter, refresh } from '../support/refresh.ts';
import { expect, test } from '../support/test.ts';

const NAME = 'refresh-rotation';

/** Sends `renew` with this token; gives the acknowledgement. */
async function renew(raw: Raw, token: unknown): Promise<string> {
  await raw.send(`421${JSON.stringify(['renew', { token }])}`);
  return (await raw.next('431')) ?? 'silent';
}

test('no refresh moves the end of a login, and no access token outlives it', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { REFRESH_TTL: '3' } });
  const first = await begin(origin);
  const end = Date.now() + 3_000;
  expect(first.expiresIn).toBe(3);
  const raw = await enter(origin, first.token);
  expect(await raw.isClosed(1_200)).toBe(false);
  const second = await refresh(origin, first.cookie);
  expect(second.expiresIn).toBeLessThan(3);
  expect(await renew(raw, second.token)).toBe('431[{"ok":true}]');
  expect(await raw.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
  await wait(Math.max(1, end - Date.now()));
  expect((await refresh(origin, second.cookie)).code).toBe('SESSION_EXPIRED');
});

test('a new token on an open socket keeps it in past the exp of the old one', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { env: { TOKEN_TTL: '3' } });
  const { token, cookie } = await begin(origin);
  const [renewed, left] = [await enter(origin, token), await enter(origin, token)];
  await left.isClosed(1_200); // `exp` is in whole seconds: the next one is another
  const next = await refresh(origin, cookie);
  expect(await renew(renewed, next.token)).toBe('431[{"ok":true}]');
  expect(await left.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
  expect(renewed.closed).toBe(false);
  await renewed.send('421["whoami"]');
  expect(await renewed.next('431')).toContain('ann');
  expect(await renewed.next('42["ended"', 3_000)).toContain('TOKEN_EXPIRED');
});

test('a socket takes no token of another login, and no bad one', async ({ shareExample }) => {
  const example = await shareExample(NAME);
  const { origin } = example;
  const [ann, bob] = [await begin(origin), await begin(origin, 'bob')];
  const raw = await enter(origin, ann.token);
  expect(await renew(raw, bob.token)).toContain('"FORBIDDEN"');
  expect(await renew(raw, (await begin(origin)).token)).toContain('"FORBIDDEN"');
  expect(await renew(raw, 'x')).toContain('"TOKEN_INVALID"');
  expect(await renew(raw, example.sign({ sub: 'u1' }))).toContain('"TOKEN_INVALID"'); // no sid
  for (const odd of [undefined, 7, {}]) expect(await renew(raw, odd)).toContain('"BAD_PAYLOAD"');
  await raw.send('421["whoami"]');
  expect(await raw.next('431')).toContain('"ann"');
  raw.close();
});
