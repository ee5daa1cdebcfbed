import { attacksFor } from './attack.ts';
import { judge, logIn, openWebSocket, tryEnter } from './target.ts';

const attack = attacksFor('auth-field#the-lookup-asks-about-now', { calm: true });

// #region deleted-user
attack('a deleted user is refused, and the server stays up', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const login = await logIn(target);
    const presented = await login.present();
    await target.steer({ do: 'remove', id: login.user });
    const verdict = await tryEnter(target, presented);
    return target.alive ? verdict : { in: true, saw: 'the process ended' };
  },
});
// #endregion

attack('a disabled user is refused', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const login = await logIn(target);
    const presented = await login.present();
    await target.steer({ do: 'disable', id: login.user });
    return tryEnter(target, presented);
  },
});

attack('with the user store down nobody gets in, and no token is called invalid', {
  lesson: 'auth-field#an-outage-is-not-a-bad-token',
  held: 'AUTH_UNAVAILABLE',
  run: async (target) => {
    const login = await logIn(target);
    const presented = [await login.present(), await login.present()];
    await target.steer({ do: 'down', on: true });
    const verdict = await tryEnter(target, async () => presented.pop() ?? {});
    await target.steer({ do: 'down', on: false });
    return target.alive ? verdict : { in: true, saw: 'the process ended' };
  },
});

attack('a store that never answers is given up after 3 seconds', {
  lesson: 'auth-field#an-outage-is-not-a-bad-token',
  held: 'AUTH_UNAVAILABLE',
  // Not to wait for three: the server's own number is in its source, and this takes it for 0.6.
  setting: (name) => [
    name === 'session-passport'
      ? ['within(3_000, done)', 'within(600, done)', 'session.ts']
      : ['within(3_000, users', 'within(600, users'],
  ],
  run: async (target) => {
    const { headers, query, auth } = await (await logIn(target)).present();
    await target.steer({ do: 'slow', ms: 60_000 });
    const raw = await openWebSocket(target.origin, headers, query).catch(() => undefined);
    if (!raw) return { in: true, saw: 'no answer to the handshake' };
    const verdict = judge(await raw.connect(auth, '/', 1_500));
    raw.close();
    await target.steer({ do: 'slow', ms: 0 });
    return { in: verdict.saw !== 'AUTH_UNAVAILABLE', saw: verdict.saw };
  },
});
