import { setTimeout as wait } from 'node:timers/promises';
import { attack, enter, openWebSocket, signIn, tryToken } from './attack.ts';

attack('a second namespace asks for a token as the first one does', {
  held: 'TOKEN_MISSING',
  run: (target) => tryToken(target, undefined, '/admin'),
});

attack('a namespace made later asks for a token too', {
  held: 'TOKEN_MISSING',
  run: async (target) => {
    await target.steer({ do: 'namespace', name: '/later' });
    return tryToken(target, undefined, '/later');
  },
});

attack('a member is refused in the namespace of the admins', {
  held: 'FORBIDDEN',
  run: (target) => tryToken(target, target.sign(), '/admin'),
});

attack('an unknown namespace asks for a token, and closes the connection without one', {
  held: 'TOKEN_MISSING, then closed',
  run: async (target) => {
    const { raw, answer } = await enter(target, undefined, '/no-such-namespace');
    const closed = await raw.isClosed(500);
    raw.close();
    const code = answer.kind === 'refused' ? answer.code : answer.kind;
    return { in: !closed, saw: `${code}, then ${closed ? 'closed' : 'open'}` };
  },
});

attack('an event sent before CONNECT is answered reaches nobody', {
  held: 'nothing heard',
  run: async (target) => {
    const ann = await signIn(target, target.sign());
    const unasked = await openWebSocket(target.origin);
    await unasked.send('42["say",{"text":"before CONNECT"}]');

    // The signature is good, the user is gone: while the server looks that up, the event comes.
    await target.steer({ do: 'slow', ms: 300 });
    const waiting = await openWebSocket(target.origin);
    const lookedUp = target.lookup('u9').catch(() => {}); // never, where nothing is asked
    await waiting.send(`40${JSON.stringify({ token: target.sign({ sub: 'u9' }) })}`);
    await Promise.race([lookedUp, wait(200)]);
    await waiting.send('42["say",{"text":"before the answer"}]');

    const heard = await ann.next('42["said"', 800);
    for (const raw of [ann, unasked, waiting]) raw.close();
    return { in: heard !== undefined, saw: heard ?? 'nothing heard' };
  },
});
