import { setTimeout as wait } from 'node:timers/promises';
import { at, attacksFor } from './attack.ts';
import { enter, logIn, openWebSocket, signIn, tryEnter } from './target.ts';

const attack = attacksFor('two-handshakes', { calm: true });
const heldAt = at('SESSION_MISSING', 'session-passport');
const not = at(
  'It has no namespace for admins. One for members is joined by the same door.',
  ...(['jwt-cookie', 'query-ticket', 'session-passport'] as const),
);

attack('a second namespace asks for a token as the first one does', {
  held: 'TOKEN_MISSING',
  heldAt,
  run: (target) => tryEnter(target, {}, '/admin'),
});

attack('a namespace made later asks for a token too', {
  held: 'TOKEN_MISSING',
  heldAt,
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    return tryEnter(target, {}, '/later');
  },
});

attack('a member is refused in the namespace of the admins', {
  held: 'FORBIDDEN',
  not,
  run: async (target) => {
    const login = await logIn(target);
    return tryEnter(target, () => login.present(), '/admin');
  },
});

attack('an unknown namespace asks for a token, and closes the connection without one', {
  held: 'TOKEN_MISSING, then closed',
  heldAt: at('SESSION_MISSING, then closed', 'session-passport'),
  run: async (target) => {
    const { raw, answer } = await enter(target, {}, '/no-such-namespace');
    const closed = await raw.isClosed(500);
    raw.close();
    const code = answer.kind === 'refused' ? answer.code : answer.kind;
    return { in: !closed, saw: `${code}, then ${closed ? 'closed' : 'open'}` };
  },
});

attack('an event sent before CONNECT is answered reaches nobody', {
  lesson: 'where-code-runs',
  held: 'nothing heard',
  run: async (target) => {
    const ann = await signIn(target, await logIn(target));
    const unasked = await openWebSocket(target.origin);
    await unasked.send('42["say",{"text":"before CONNECT"}]');

    // The login is good, the user is gone: while the server looks that up, the event comes.
    const bob = await logIn(target);
    const { headers, query, auth } = await bob.present();
    await target.steer({ do: 'vanish', id: bob.user });
    await target.steer({ do: 'slow', ms: 300 });
    const waiting = await openWebSocket(target.origin, headers, query);
    const lookedUp = target.lookup(bob.user).catch(() => {}); // never, where nothing is asked
    await waiting.send(`40${JSON.stringify(auth ?? {})}`);
    await Promise.race([lookedUp, wait(200)]);
    await waiting.send('42["say",{"text":"before the answer"}]');

    const heard = await ann.next('42["said"', 600);
    await target.steer({ do: 'slow', ms: 0 });
    for (const raw of [ann, unasked, waiting]) raw.close();
    return { in: heard !== undefined, saw: heard ?? 'nothing heard' };
  },
});
