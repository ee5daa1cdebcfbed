import { attack, openPolling, openWebSocket } from './attack.ts';

attack('900 kB before a token are not read', {
  held: 'closed',
  run: async (target) => {
    const packet = `40${JSON.stringify({ token: 'x'.repeat(900_000) })}`;
    for (const open of [openWebSocket, openPolling]) {
      const raw = await open(target.origin);
      await raw.send(packet);
      const answer = await raw.answer();
      raw.close();
      if (answer.kind !== 'closed') return { in: true, saw: answer.kind };
    }
    return { in: false, saw: 'closed' };
  },
});

attack('a connection that sends no CONNECT is closed after 10 seconds', {
  held: 'closed',
  run: async (target) => {
    const idle = [await openWebSocket(target.origin), await openPolling(target.origin)];
    const closed = await Promise.all(idle.map((raw) => raw.isClosed(11_000)));
    for (const raw of idle) raw.close();
    return { in: closed.includes(false), saw: closed.includes(false) ? 'open' : 'closed' };
  },
});

attack('a client that leaves its only namespace keeps no connection', {
  held: 'closed',
  run: async (target) => {
    const raw = await openWebSocket(target.origin);
    await raw.connect({ token: target.sign() });
    await raw.send('41');
    const closed = await raw.isClosed(500);
    raw.close();
    return { in: !closed, saw: closed ? 'closed' : 'open' };
  },
});
