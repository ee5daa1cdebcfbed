import type { Raw } from '../support/raw.ts';
import { attack, openWebSocket, signIn, type Target, type Verdict } from './attack.ts';

const seconds = () => Math.floor(Date.now() / 1000);

/** Whether the socket was told and cut within 500 ms. `saw` is the code it was told. */
async function ended(raw: Raw, namespace = '/'): Promise<Verdict> {
  const prefix = namespace === '/' ? '' : `${namespace},`;
  const told = await raw.next(`42${prefix}["ended"`, 500);
  const cut = await raw.isClosed(500);
  raw.close();
  const code = told ? JSON.parse(told.slice(2 + prefix.length))[1].code : 'nothing told';
  return { in: !cut, saw: cut ? code : `${code}, still open` };
}

async function logOut(target: Target, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await fetch(`${target.origin}/logout`, { method: 'POST', headers })).status;
}

attack("a socket ends within 500 ms of its token's exp", {
  held: 'TOKEN_EXPIRED',
  run: async (target) => {
    const exp = seconds() + 2;
    const raw = await signIn(target, target.sign({ exp }));
    await raw.isClosed(exp * 1000 - Date.now() - 50);
    if (raw.closed) return { in: false, saw: 'closed before exp' };
    return ended(raw);
  },
});

attack('an expired token ends a socket that joined only a second namespace', {
  held: 'TOKEN_EXPIRED',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const exp = seconds() + 2;
    const raw = await signIn(target, target.sign({ exp }), '/later');
    await raw.isClosed(exp * 1000 - Date.now());
    return ended(raw, '/later');
  },
});

attack('a logout ends the sockets of that login within 500 ms, and no others', {
  held: 'TOKEN_INVALID',
  run: async (target) => {
    const token = target.sign();
    const raw = await signIn(target, token);
    const otherLogin = await signIn(target, target.sign());
    await logOut(target, token);
    const verdict = await ended(raw);
    const stays = !(await otherLogin.isClosed(100));
    otherLogin.close();
    return stays ? verdict : { in: true, saw: 'the other login was cut too' };
  },
});

attack('a logout ends a socket that joined only a second namespace', {
  held: 'TOKEN_INVALID',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const token = target.sign();
    const raw = await signIn(target, token, '/later');
    await logOut(target, token);
    return ended(raw, '/later');
  },
});

attack('a token that was logged out is refused', {
  held: 'TOKEN_INVALID',
  run: async (target) => {
    const token = target.sign();
    await logOut(target, token);
    const raw = await openWebSocket(target.origin);
    const answer = await raw.connect({ token });
    raw.close();
    return { in: answer.kind === 'connected', saw: answer.kind === 'refused' ? answer.code : '' };
  },
});

attack('a logout during a slow lookup wins', {
  held: 'TOKEN_INVALID',
  run: async (target) => {
    await target.steer({ do: 'slow', ms: 300 });
    const token = target.sign();
    const raw = await openWebSocket(target.origin);
    const lookedUp = target.lookup('u1');
    await raw.send(`40${JSON.stringify({ token })}`);
    await lookedUp;
    await logOut(target, token);
    const answer = await raw.answer();
    raw.close();
    return { in: answer.kind === 'connected', saw: answer.kind === 'refused' ? answer.code : '' };
  },
});

attack("deleting a user ends the user's sockets within 500 ms", {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const raw = await signIn(target, target.sign());
    await target.steer({ do: 'remove', id: 'u1' });
    return ended(raw);
  },
});

attack('deleting a user ends a socket that joined only a second namespace', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const raw = await signIn(target, target.sign(), '/later');
    await target.steer({ do: 'remove', id: 'u1' });
    return ended(raw, '/later');
  },
});

attack("disabling a user ends the user's sockets within 500 ms", {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const raw = await signIn(target, target.sign());
    await target.steer({ do: 'disable', id: 'u1' });
    return ended(raw);
  },
});

attack('disabling a user ends a socket that joined only a second namespace', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    const raw = await signIn(target, target.sign(), '/later');
    await target.steer({ do: 'disable', id: 'u1' });
    return ended(raw, '/later');
  },
});

attack('a user deleted during a slow lookup is refused', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    await target.steer({ do: 'slow', ms: 300 });
    const raw = await openWebSocket(target.origin);
    const lookedUp = target.lookup('u1');
    await raw.send(`40${JSON.stringify({ token: target.sign() })}`);
    await lookedUp;
    await target.steer({ do: 'remove', id: 'u1' });
    const answer = await raw.answer();
    raw.close();
    return { in: answer.kind === 'connected', saw: answer.kind === 'refused' ? answer.code : '' };
  },
});
