import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { attacksFor } from './attack.ts';
import { logIn, openPolling, openWebSocket, signIn } from './target.ts';

const attack = attacksFor('two-handshakes', { calm: true });

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
  // Not to wait for ten: the server's own number is in its source, and this takes it for 1.
  setting: () => [['connectTimeout: 10_000', 'connectTimeout: 1_000']],
  run: async (target) => {
    const idle = [await openWebSocket(target.origin), await openPolling(target.origin)];
    const closed = await Promise.all(idle.map((raw) => raw.isClosed(2_000)));
    for (const raw of idle) raw.close();
    return { in: closed.includes(false), saw: closed.includes(false) ? 'open' : 'closed' };
  },
});

attack('a client that leaves its only namespace keeps no connection', {
  held: 'closed',
  run: async (target) => {
    const raw = await signIn(target, await logIn(target));
    await raw.send('41');
    const closed = await raw.isClosed(500);
    raw.close();
    return { in: !closed, saw: closed ? 'closed' : 'open' };
  },
});

attack('an upgrade request that is cut short does not end the process', {
  held: 'alive',
  run: async (target) => {
    const { hostname, port } = new URL(target.origin);
    const seen = async () => ((await target.steer({ do: 'urls' })) as string[] | undefined)?.length;
    for (const path of ['/', '/socket.io/?EIO=4&transport=websocket']) {
      const before = await seen();
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
      );
      // Cut once the server has handed the connection over, and before anybody takes it.
      while (target.alive && (await seen()) === before) await wait(5);
      socket.resetAndDestroy();
      await wait(100);
      if (!target.alive) break;
    }
    return { in: !target.alive, saw: target.alive ? 'alive' : 'the process ended' };
  },
});
