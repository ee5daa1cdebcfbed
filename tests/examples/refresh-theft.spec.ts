// A refresh token that somebody has a copy of, and two tabs that show the same one: the first has to burn
// the login, the second must not.
import { setTimeout as wait } from 'node:timers/promises';
import type { Variant } from '../support/example.ts';
import { post } from '../support/http.ts';
import { answerTo, openWebSocket, type Raw } from '../support/raw.ts';
import { begin, type Refreshed, refresh } from '../support/refresh.ts';
import { expect, test } from '../support/test.ts';

const NAME = 'refresh-rotation';
/** Not to wait for five seconds: the server's own number is in its source, and this takes it for half of one. */
const soon = ['const GRACE = 5_000', 'const GRACE = 500', 'families.ts'] as const;
const pastGrace = () => wait(600);
/** The defenses, each taken out. */
const noBurn: Variant = [
  soon,
  ["this.end(sid, 'REFRESH_REUSED');", '', 'families.ts'],
  ["throw new Refusal('REFRESH_REUSED', userId);", 'return family;', 'families.ts'],
];
const refusesOnly: Variant = [soon, ["this.end(sid, 'REFRESH_REUSED');", '', 'families.ts']];
const noRotation: Variant = [['Object.assign(family, {', 'Object.assign({}, {', 'families.ts']];
const noCut: Variant = [soon, ['endWhere(({ data }) => data.claims.sid === sid, code);', '']];

async function enter(origin: string, { token }: Refreshed): Promise<Raw> {
  const raw = await openWebSocket(origin);
  await raw.connect({ token });
  return raw;
}

test('a thief who refreshes first is out as soon as the owner refreshes: the login burns, the newest token too', async ({
  startExample,
}) => {
  const example = await startExample(NAME, { variant: [soon] });
  const { origin } = example;
  const ann = await begin(origin);
  const thief = await refresh(origin, ann.cookie); // a copy of her cookie
  const [hers, his] = [await enter(origin, ann), await enter(origin, thief)];
  await pastGrace();
  const answer = await refresh(origin, ann.cookie);
  expect([answer.status, answer.code]).toEqual([401, 'REFRESH_REUSED']);
  for (const raw of [hers, his]) {
    expect(await raw.next('42["ended"', 500)).toContain('REFRESH_REUSED');
    expect(await raw.isClosed(500)).toBe(true);
  }
  expect((await refresh(origin, thief.cookie)).code).toBe('TOKEN_INVALID');
  expect(await answerTo(origin, { auth: { token: thief.token } })).toBe('TOKEN_INVALID');
  expect(example.log).toContainEqual(
    expect.objectContaining({ event: 'refused', code: 'REFRESH_REUSED', user: 'u1' }),
  );
  expect(example.lines.join()).not.toContain(ann.cookie.slice(-20));
});

test('a thief who comes after the owner gets nothing, and burns the login', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { variant: [soon] });
  const first = await begin(origin);
  const ann = await refresh(origin, first.cookie);
  const hers = await enter(origin, ann);
  await pastGrace();
  const thief = await refresh(origin, first.cookie);
  expect([thief.code, thief.token, thief.cookie]).toEqual(['REFRESH_REUSED', '', first.cookie]);
  expect(await hers.next('42["ended"', 500)).toContain('REFRESH_REUSED');
  expect((await refresh(origin, ann.cookie)).code).toBe('TOKEN_INVALID');
  expect((await refresh(origin, (await begin(origin)).cookie)).status).toBe(200); // a password helps
});

test('an older token than the last burns the login at once', async ({ shareExample }) => {
  const { origin } = await shareExample(NAME);
  const first = await begin(origin);
  const second = await refresh(origin, first.cookie);
  const third = await refresh(origin, second.cookie);
  expect((await refresh(origin, first.cookie)).code).toBe('REFRESH_REUSED');
  expect((await refresh(origin, third.cookie)).code).toBe('TOKEN_INVALID');
});

test('where a refresh token is not rotated a copy of it is good for as long as the login', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { variant: noRotation });
  const ann = await begin(origin);
  for (const user of ['thief', 'ann', 'thief', 'ann']) {
    expect((await refresh(origin, ann.cookie)).status, user).toBe(200);
  }
});

test('where a used refresh token is taken again both go on, and nobody hears of it', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { variant: noBurn });
  const ann = await begin(origin);
  let thief = await refresh(origin, ann.cookie);
  await pastGrace();
  let hers = await refresh(origin, ann.cookie);
  for (let round = 0; round < 2; round += 1) {
    await pastGrace();
    thief = await refresh(origin, thief.cookie);
    hers = await refresh(origin, hers.cookie);
    expect([thief.status, hers.status]).toEqual([200, 200]);
  }
});

test('where a used refresh token is only refused, a thief who came first stays in, and the owner is out', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { variant: refusesOnly });
  const ann = await begin(origin);
  const thief = await refresh(origin, ann.cookie);
  await pastGrace();
  expect((await refresh(origin, ann.cookie)).status).toBe(401);
  const again = await refresh(origin, thief.cookie);
  expect(again.status).toBe(200);
  expect(await answerTo(origin, { auth: { token: again.token } })).toBe('connected');
});

test('where the burn cuts no sockets the thief goes on reading until exp', async ({
  startExample,
}) => {
  const { origin } = await startExample(NAME, { variant: noCut });
  const ann = await begin(origin);
  const his = await enter(origin, await refresh(origin, ann.cookie));
  await pastGrace();
  expect((await refresh(origin, ann.cookie)).code).toBe('REFRESH_REUSED');
  const bob = await enter(origin, await begin(origin, 'bob'));
  await bob.send('42["say",{"text":"for members"}]');
  expect(await his.next('42["said"')).toContain('for members');
});

const both = (origin: string, { cookie }: Refreshed) =>
  Promise.all([refresh(origin, cookie), refresh(origin, cookie)]);

test('of two refreshes at once with one token, one gets a new one, the other is told to come again, and the login goes on', async ({
  startExample,
}) => {
  const example = await startExample(NAME);
  const { origin } = example;
  const ann = await begin(origin);
  await example.steer({ do: 'slow', ms: 200 }); // so that both are under way together
  const answers = await both(origin, ann);
  await example.steer({ do: 'slow', ms: 0 });
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const [good, raced] = answers.sort((a, b) => a.status - b.status);
  expect([raced?.code, raced?.token, raced?.cookie]).toEqual(['REFRESH_RACED', '', ann.cookie]);
  expect((await refresh(origin, good?.cookie ?? '')).status).toBe(200);
});

test('without the grace two tabs that refresh at once sign an honest user out', async ({
  startExample,
}) => {
  const variant = [['const GRACE = 5_000', 'const GRACE = 0', 'families.ts']] as const;
  const example = await startExample(NAME, { variant });
  const { origin } = example;
  const ann = await begin(origin);
  await example.steer({ do: 'slow', ms: 200 });
  const answers = await both(origin, ann);
  await example.steer({ do: 'slow', ms: 0 });
  const good = answers.find(({ status }) => status === 200);
  expect((await refresh(origin, good?.cookie ?? '')).code).toBe('TOKEN_INVALID');
});

test('a server that looks, waits and then marks gives two tokens for one', async ({
  startExample,
}) => {
  const variant = [
    [
      'const family = this.find(token);',
      'const family = this.all.get(parts(token).sid);\n if (!family) throw 0;',
      'families.ts',
    ],
  ] as const;
  const example = await startExample(NAME, { variant });
  const ann = await begin(example.origin);
  await example.steer({ do: 'slow', ms: 200 });
  const answers = await both(example.origin, ann);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
});

test('a foreign page cannot use up the refresh token of a reader', async ({ startExample }) => {
  const safe = await startExample(NAME);
  const csrf: Variant = [["if (!fromOwnPage(req)) throw new Refusal('FORBIDDEN');", '']];
  const open = await startExample(NAME, { variant: csrf });
  const statuses: number[] = [];
  for (const { origin } of [safe, open]) {
    const { cookie } = await begin(origin);
    const from = { Cookie: cookie, Origin: 'http://localhost:1' };
    statuses.push((await post(`${origin}/refresh`, {}, from)).status);
  }
  expect(statuses).toEqual([403, 200]);
});
