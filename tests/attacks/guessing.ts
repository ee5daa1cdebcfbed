import { setTimeout as wait } from 'node:timers/promises';
import { connectPacket, type Raw } from '../support/raw.ts';
import { at, attacksFor, type Verdict } from './attack.ts';
import { logIn, openPolling, openWebSocket, type Target } from './target.ts';

const attack = attacksFor('two-handshakes#a-refusal-leaves-the-connection-open', { calm: true });

const wrong = (n: number) => `40{"token":"guess ${n}"}`;
const guesses = (count: number) => Array.from({ length: count }, (_, n) => wrong(n));

/** A connection with a bad credential in every place that a carrier looks at before CONNECT. */
function guesser({ origin }: Target, open = openWebSocket): Promise<Raw> {
  return open(origin, { Cookie: 'token=guess; sid=guess' }, { token: 'guess', ticket: 'guess' });
}

async function verdict(raw: Raw, most: number): Promise<Verdict> {
  const answers = await raw.refusals(most + 1, 700); // one too many is enough
  raw.close();
  const within = answers <= most;
  return { in: !within, saw: within ? `at most ${most}` : `more than ${most} answers` };
}

attack('after a refusal the connection closes, and a second CONNECT is not answered', {
  held: 'closed',
  run: async (target: Target) => {
    const raw = await guesser(target);
    const first = await raw.connect({ token: 'guess' });
    if (first.kind !== 'refused') return { in: true, saw: `no refusal but ${first.kind}` };
    await raw.send(`40${JSON.stringify({ token: target.sign() })}`);
    const second = await raw.answer('/', 500);
    raw.close();
    return { in: second.kind !== 'closed', saw: second.kind };
  },
});

attack('tokens guessed one after the other on one WebSocket get one answer', {
  held: 'at most 1',
  run: async (target) => {
    const raw = await guesser(target);
    for (const guess of guesses(20)) {
      await raw.send(guess);
      await wait(10); // time for an answer: this client is patient
    }
    return verdict(raw, 1);
  },
});

attack('900 CONNECTs in one burst of frames get at most 5 answers', {
  held: 'at most 5',
  run: async (target) => {
    const raw = await guesser(target);
    await raw.send(...guesses(900));
    return verdict(raw, 5);
  },
});

attack('900 CONNECTs in one polling POST get at most 5 answers', {
  held: 'at most 5',
  run: async (target) => {
    const raw = await guesser(target, openPolling);
    await raw.send(...guesses(900).map((_, n) => `40{"token":${n}}`));
    return verdict(raw, 5);
  },
});

attack('900 CONNECTs to namespaces that do not exist get at most 5 answers', {
  held: 'at most 5',
  run: async (target) => {
    const raw = await guesser(target, openPolling);
    await raw.send(...guesses(900).map((_, n) => `40/n${n},{}`));
    return verdict(raw, 5);
  },
});

attack('a client that is in cannot guess the tokens of others in a burst', {
  held: 'at most 5',
  not: at(
    'The credential came with the handshake: a further CONNECT cannot present another one.',
    ...(['jwt-cookie', 'query-token', 'query-ticket', 'session-passport'] as const),
  ),
  run: async (target) => {
    await target.steer({ do: 'slow', ms: 50 });
    const raw = await openWebSocket(target.origin);
    await raw.connect({ token: target.sign() });
    await raw.send(...Array.from({ length: 200 }, (_, n) => `40/later,{"token":${n}}`));
    const answer = await verdict(raw, 5);
    await target.steer({ do: 'slow', ms: 0 });
    return answer;
  },
});

attack('a namespace is joined once, however often CONNECT is sent', {
  held: 'at most 1',
  run: async (target) => {
    const { headers, query, auth } = await (await logIn(target)).present();
    const raw = await openWebSocket(target.origin, headers, query);
    await target.steer({ do: 'slow', ms: 50 });
    const connect = connectPacket(auth ?? {});
    await raw.send(connect, connect, connect);
    let joined = 0;
    while (joined < 2 && (await raw.next('40', 500))) joined += 1;
    raw.close();
    await target.steer({ do: 'slow', ms: 0 });
    return { in: joined > 1, saw: joined > 1 ? `${joined} sockets` : 'at most 1' };
  },
});

attack('3,000 CONNECTs in one POST do not make 3,000 sockets', {
  held: 'at most 60',
  run: async (target) => {
    const before = Number(await target.steer({ do: 'count' }));
    const raw = await guesser(target, openPolling);
    await raw.send(...Array.from({ length: 3_000 }, (_, n) => `40/${n.toString(36)}`));
    const made = Number(await target.steer({ do: 'count' })) - before;
    raw.close();
    return { in: made > 60, saw: made > 60 ? `${made} sockets` : 'at most 60' };
  },
});
