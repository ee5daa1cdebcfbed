import { PASSWORD, post } from '../support/http.ts';
import { attacksFor } from './attack.ts';
import type { Target } from './target.ts';

const attack = attacksFor('start');

async function guess(
  { origin }: Target,
  username: string,
  { password = 'guess', headers = {} } = {},
): Promise<number> {
  return (await post(`${origin}/login`, { username, password }, headers)).status;
}

attack('a login cannot be kept busy by guesses for many names', {
  held: 'answered 429',
  // Not to hash thirty passwords: the server's own number is in its source, and this takes it for 5.
  setting: () => [
    [
      "points: 30, duration: 60 }), by: 'from'",
      "points: 5, duration: 60 }), by: 'from'",
      'attempts.ts',
    ],
  ],
  run: async (target) => {
    const names = Array.from({ length: 6 }, (_, n) => `user${n}`);
    const statuses = await Promise.all(names.map((name) => guess(target, name)));
    const limited = statuses.includes(429);
    return { in: !limited, saw: limited ? 'answered 429' : 'all were checked' };
  },
});

attack('guesses with a made-up X-Forwarded-For are counted like the rest', {
  held: 'answered 429',
  setting: () => [
    [
      "points: 30, duration: 60 }), by: 'from'",
      "points: 3, duration: 60 }), by: 'from'",
      'attempts.ts',
    ],
  ],
  run: async (target) => {
    const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
    const statuses = await Promise.all(
      addresses.map((address) =>
        guess(target, address, { headers: { 'X-Forwarded-For': address } }),
      ),
    );
    const limited = statuses.includes(429);
    return { in: !limited, saw: limited ? 'answered 429' : 'all were checked' };
  },
});

attack('six wrong passwords for one name are not all checked', {
  held: '429, with the right one too',
  run: async (target) => {
    const statuses = await Promise.all([1, 2, 3, 4, 5].map(() => guess(target, 'bob')));
    statuses.push(await guess(target, 'bob', { password: PASSWORD }));
    const last = statuses.at(-1);
    return { in: last !== 429, saw: last === 429 ? '429, with the right one too' : `${statuses}` };
  },
});

attack('an unknown name costs a login as much work as a wrong password', {
  held: 'one hash each',
  run: async (target) => {
    const counts: number[] = [];
    for (const name of ['bob', 'nobody', 'dave']) {
      const before = Number(await target.steer({ do: 'hashes' }));
      await guess(target, name);
      counts.push(Number(await target.steer({ do: 'hashes' })) - before);
    }
    const same = counts.every((count) => count === 1);
    return { in: !same, saw: same ? 'one hash each' : `hashes: ${counts}` };
  },
});
