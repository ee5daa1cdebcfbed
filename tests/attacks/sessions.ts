import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { logInForCookie } from '../support/http.ts';
import { at, attacksFor } from './attack.ts';
import {
  ended,
  enter,
  judgeAll,
  logIn,
  openPolling,
  signIn,
  type Target,
  tryEnter,
} from './target.ts';

const attack = attacksFor('one-session', { calm: true });
const not = at(
  'It keeps no session: the token is all there is.',
  ...(['auth-field', 'jwt-cookie', 'query-token', 'query-ticket'] as const),
);

/** The cookie of express-session for this id, signed with a key: `s:ID.HMAC`. */
function signed(id: string, key: string): string {
  const signature = createHmac('sha256', key).update(id).digest('base64').replace(/=+$/, '');
  return `sid=${encodeURIComponent(`s:${id}.${signature}`)}`;
}

const stored = async (target: Target) => (await target.steer({ do: 'sessions' })) as string[];

attack('a forged session cookie is refused', {
  not,
  held: 'SESSION_MISSING',
  run: async (target) => {
    await logIn(target, 'u3');
    const id = (await stored(target)).at(-1) ?? ''; // the attacker has read the id of the admin's session
    const cookies = [`sid=${id}`, `sid=s:${id}`, `sid=s:${id}.x`, `sid=j:"${id}"`];
    const guessed = ['', 'secret', 'keyboard cat', 'change me'].map((key) => signed(id, key || id));
    const verdicts = [];
    for (const Cookie of [...cookies, ...guessed]) {
      verdicts.push(await tryEnter(target, { headers: { Cookie } }));
    }
    return judgeAll(verdicts);
  },
});

attack('a session id that was planted before the login is worth nothing after it', {
  lesson: 'passport',
  not,
  held: 'SESSION_MISSING',
  run: async (target) => {
    const planted = await logInForCookie(target.origin, 'bob'); // the attacker's own, signed and good
    await logInForCookie(target.origin, 'ann', { Cookie: planted }).catch(() => {});
    return tryEnter(target, { headers: { Cookie: planted } });
  },
});

attack('200 anonymous handshakes store no session', {
  not,
  held: '0 stored',
  run: async (target) => {
    const before = (await stored(target)).length;
    for (let n = 0; n < 200; n += 1) {
      const headers = n % 2 ? { Cookie: signed(`id${n}`, 'guess') } : {};
      (await openPolling(target.origin, headers)).close();
    }
    const more = (await stored(target)).length - before;
    return { in: more > 0, saw: `${more} stored` };
  },
});

attack('a session that was logged out is not brought back by a save', {
  lesson: 'session-writes',
  not,
  held: '0 stored',
  run: async (target) => {
    await target.steer({ do: 'forget' }); // those that other attacks have left
    const login = await logIn(target);
    const raw = await signIn(target, login);
    await target.steer({ do: 'store', ms: 300 });
    const reloaded = target.lookup('session');
    await raw.send('421["status",{"text":"busy"}]');
    await reloaded;
    await target.steer({ do: 'store' });
    await login.logOut();
    await wait(400); // by now the save has been made, if it is ever
    raw.close();
    const { length } = await stored(target);
    return { in: length > 0, saw: `${length} stored` };
  },
});

attack('a save from a socket does not undo what another request has changed', {
  lesson: 'session-writes',
  not,
  held: 'still false',
  run: async (target) => {
    const login = await logIn(target);
    await target.steer({ do: 'session', set: { moderator: true } });
    const raw = await signIn(target, login);
    await target.steer({ do: 'session', set: { moderator: false } }); // an admin takes the right away
    await raw.send('421["status",{"text":"busy"}]');
    const saved = await raw.next('431[{"ok":true}]');
    raw.close();
    const all = (await target.steer({ do: 'session', set: {} })) as Record<string, unknown>[];
    const data = all.at(-1);
    if (!saved || data?.status !== 'busy') return { in: true, saw: 'the status was not saved' };
    return { in: data.moderator === true, saw: `still ${data.moderator}` };
  },
});

attack('with the session store down nobody gets in, and no session is called missing', {
  not,
  held: 'AUTH_UNAVAILABLE',
  run: async (target) => {
    const presented = await (await logIn(target)).present();
    await target.steer({ do: 'store', down: true });
    const { saw } = await tryEnter(target, presented);
    const me = await fetch(`${target.origin}/me`, { headers: presented.headers ?? {} });
    const said = me.status === 503 ? saw : `HTTP ${me.status}`;
    await target.steer({ do: 'store' });
    return { in: said !== 'AUTH_UNAVAILABLE' || !target.alive, saw: said };
  },
});

attack("a socket ends within 500 ms of its session's end", {
  lesson: 'session-writes',
  not,
  env: { SESSION_TTL: '2' },
  held: 'SESSION_EXPIRED',
  run: async (target) => {
    const login = await logIn(target);
    const { raw } = await enter(target, await login.present());
    const end = Date.now() + 2_000;
    if (await raw.isClosed(1_500)) return { in: false, saw: 'closed before its end' };
    await raw.isClosed(end - Date.now());
    return ended(raw);
  },
});

attack("a look at a slow store does not keep a socket past its session's end", {
  lesson: 'session-writes',
  not,
  env: { SESSION_TTL: '2', RECHECK_SECONDS: '1' },
  held: 'SESSION_EXPIRED',
  run: async (target) => {
    const login = await logIn(target);
    const { raw } = await enter(target, await login.present());
    const end = Date.now() + 2_000;
    await target.steer({ do: 'store', ms: 2_500 }); // the look after a second is answered too late
    await raw.isClosed(end - Date.now());
    const verdict = await ended(raw);
    await target.steer({ do: 'store' });
    return verdict;
  },
});

attack('a session whose row is gone ends its sockets at the next look', {
  lesson: 'session-writes',
  not,
  env: { RECHECK_SECONDS: '1' },
  held: 'SESSION_EXPIRED',
  run: async (target) => {
    const raw = await signIn(target, await logIn(target));
    await target.steer({ do: 'forget' });
    await raw.isClosed(1_000);
    return ended(raw);
  },
});
