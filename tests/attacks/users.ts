import { attack, openWebSocket, tryToken } from './attack.ts';

attack('a deleted user is refused, and the server stays up', {
  held: 'USER_UNKNOWN',
  run: async (target) => {
    const token = target.sign({ sub: 'u2' });
    await target.steer({ do: 'remove', id: 'u2' });
    const verdict = await tryToken(target, token);
    return target.alive ? verdict : { in: true, saw: 'the process ended' };
  },
});

attack('a disabled user is refused', {
  held: 'USER_UNKNOWN',
  run: (target) => tryToken(target, target.sign({ sub: 'u4' })),
});

attack('with the user store down nobody gets in, and no token is called invalid', {
  held: 'AUTH_UNAVAILABLE',
  run: async (target) => {
    await target.steer({ do: 'down', on: true });
    const verdict = await tryToken(target, target.sign());
    return target.alive ? verdict : { in: true, saw: 'the process ended' };
  },
});

attack('a store that never answers is given up after 3 seconds', {
  held: 'AUTH_UNAVAILABLE',
  run: async (target) => {
    await target.steer({ do: 'slow', ms: 60_000 });
    const raw = await openWebSocket(target.origin);
    const answer = await raw.connect({ token: target.sign() }, '/', 4_000);
    raw.close();
    const code = answer.kind === 'refused' ? answer.code : answer.kind;
    return { in: code !== 'AUTH_UNAVAILABLE', saw: code };
  },
});
