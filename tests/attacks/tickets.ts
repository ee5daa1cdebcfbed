import { setTimeout as wait } from 'node:timers/promises';
import { at, attacksFor } from './attack.ts';
import { enter, judge, judgeAll, logIn, signIn, tryEnter } from './target.ts';

const attack = attacksFor('query-ticket', { calm: true });
const not = at(
  'It sells no tickets.',
  ...(['auth-field', 'jwt-cookie', 'query-token', 'session-passport'] as const),
);

attack('a ticket presented twice opens one connection', {
  not,
  held: 'TICKET_USED',
  run: async (target) => {
    const ticket = await (await logIn(target)).present();
    const { raw } = await enter(target, ticket); // Ann's own connection, and it stays
    const verdict = await tryEnter(target, ticket);
    raw.close();
    return verdict;
  },
});

attack('a ticket presented twice at the same moment opens one connection', {
  not,
  held: 'TICKET_USED, TICKET_USED',
  run: async (target) => {
    const ticket = await (await logIn(target)).present();
    await target.steer({ do: 'slow', ms: 100 });
    const tries = await Promise.all([1, 2, 3].map(() => enter(target, ticket)));
    for (const { raw } of tries) raw.close();
    await target.steer({ do: 'slow', ms: 0 });
    const verdicts = tries.map(({ answer }) => judge(answer));
    const [first, second] = [
      verdicts.filter((each) => each.in),
      verdicts.filter((each) => !each.in),
    ];
    return { in: first.length > 1, saw: second.map(({ saw }) => saw).join(', ') };
  },
});

attack('a late ticket is refused', {
  not,
  env: { TICKET_TTL: '1' },
  held: 'TICKET_EXPIRED',
  run: async (target) => {
    const ticket = await (await logIn(target)).present();
    await wait(1_050);
    return tryEnter(target, ticket);
  },
});

attack('a ticket that nobody bought is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: async (target) => {
    const guesses = ['', 'x', '__proto__', 'constructor', target.sign(), 'a'.repeat(43)];
    const verdicts = [];
    for (const ticket of guesses) verdicts.push(await tryEnter(target, { query: { ticket } }));
    return judgeAll(verdicts);
  },
});

attack('a ticket speaks for the login that bought it, whatever else the client says', {
  not,
  held: 'bob',
  run: async (target) => {
    const ann = await logIn(target);
    const { query } = await (await logIn(target, 'u2')).present();
    const { raw, answer } = await enter(target, {
      query: { ...query, token: target.sign(), user: 'u1' },
      headers: ann.headers,
      auth: { token: target.sign(), user: 'u1' },
    });
    if (answer.kind !== 'connected') return { in: false, saw: answer.kind };
    await raw.send('421["whoami"]');
    const { name } = JSON.parse((await raw.next('431'))?.slice(3) ?? '[{}]')[0];
    raw.close();
    return { in: name !== 'bob', saw: name };
  },
});

attack('a ticket whose buyer has logged out is refused', {
  not,
  held: 'TOKEN_INVALID',
  run: async (target) => {
    const login = await logIn(target);
    const ticket = await login.present();
    const other = await signIn(target, login);
    await login.logOut();
    other.close();
    return tryEnter(target, { query: ticket.query ?? {} });
  },
});
