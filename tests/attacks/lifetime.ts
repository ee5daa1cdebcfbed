import { connectPacket } from '../support/raw.ts';
import { at, attacksFor, type Verdict } from './attack.ts';
import {
  ended,
  judge,
  type Login,
  logIn,
  openWebSocket,
  signIn,
  type Target,
  tryEnter,
} from './target.ts';

const attack = attacksFor('auth-field#the-lookup-asks-about-now', { calm: true });
const seconds = () => Math.floor(Date.now() / 1000);
const noExp = at(
  'A session has no exp of its own: see the attacks on the end of a session.',
  'session-passport',
);
const heldAt = at('SESSION_EXPIRED', 'session-passport');

attack("a socket ends within 500 ms of its token's exp", {
  not: noExp,
  held: 'TOKEN_EXPIRED',
  run: async (target) => {
    const exp = seconds() + 2;
    const raw = await signIn(target, await logIn(target, undefined, { exp }));
    await raw.isClosed(exp * 1000 - Date.now() - 50);
    if (raw.closed) return { in: false, saw: 'closed before exp' };
    return ended(raw);
  },
});

attack('an expired token ends a socket that joined only a second namespace', {
  not: noExp,
  held: 'TOKEN_EXPIRED',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const exp = seconds() + 2;
    const raw = await signIn(target, await logIn(target, undefined, { exp }), '/later');
    await raw.isClosed(exp * 1000 - Date.now());
    return ended(raw, '/later');
  },
});

attack('a logout ends the sockets of that login within 500 ms, and no others', {
  held: 'TOKEN_INVALID',
  heldAt,
  run: async (target) => {
    const login = await logIn(target);
    const raw = await signIn(target, login);
    const otherLogin = await signIn(target, await logIn(target));
    await login.logOut();
    const verdict = await ended(raw);
    const stays = !(await otherLogin.isClosed(100));
    otherLogin.close();
    return stays ? verdict : { in: true, saw: 'the other login was cut too' };
  },
});

attack('a logout ends a socket that joined only a second namespace', {
  held: 'TOKEN_INVALID',
  heldAt,
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const login = await logIn(target);
    const raw = await signIn(target, login, '/later');
    await login.logOut();
    return ended(raw, '/later');
  },
});

attack('a token that was logged out is refused', {
  held: 'TOKEN_INVALID',
  heldAt: at('SESSION_MISSING', 'session-passport'),
  run: async (target) => {
    const login = await logIn(target);
    await login.logOut();
    return tryEnter(target, () => login.present());
  },
});

// #region meanwhile
/** What becomes of a CONNECT whose lookup is slow, when something happens while it runs. */
async function meanwhile(
  target: Target,
  happens: (login: Login) => Promise<unknown>,
): Promise<Verdict> {
  const login = await logIn(target);
  const { headers, query, auth } = await login.present();
  const raw = await openWebSocket(target.origin, headers, query);
  await target.steer({ do: 'slow', ms: 300 });
  const lookedUp = target.lookup(login.user);
  await raw.send(connectPacket(auth ?? {}));
  await lookedUp;
  await target.steer({ do: 'slow', ms: 0 });
  await happens(login);
  const answer = await raw.answer();
  raw.close();
  return judge(answer);
}
// #endregion

attack('a logout during a slow lookup wins', {
  held: 'TOKEN_INVALID',
  heldAt,
  run: (target) => meanwhile(target, (login) => login.logOut()),
});

attack('a user deleted during a slow lookup is refused', {
  held: 'USER_UNKNOWN',
  run: (target) => meanwhile(target, ({ user }) => target.steer({ do: 'remove', id: user })),
});

attack("deleting a user ends the user's sockets within 500 ms", {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const login = await logIn(target);
    const raw = await signIn(target, login);
    await target.steer({ do: 'remove', id: login.user });
    return ended(raw);
  },
});

attack('deleting a user ends a socket that joined only a second namespace', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const login = await logIn(target);
    const raw = await signIn(target, login, '/later');
    await target.steer({ do: 'remove', id: login.user });
    return ended(raw, '/later');
  },
});

attack("disabling a user ends the user's sockets within 500 ms", {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const login = await logIn(target);
    const raw = await signIn(target, login);
    await target.steer({ do: 'disable', id: login.user });
    return ended(raw);
  },
});

attack('disabling a user ends a socket that joined only a second namespace', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const login = await logIn(target);
    const raw = await signIn(target, login, '/later');
    await target.steer({ do: 'disable', id: login.user });
    return ended(raw, '/later');
  },
});
