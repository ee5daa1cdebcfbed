// What authentication costs at the handshake: each carrier against a server without it, by the
// server's own CPU time. Ratios within a round are stable on a noisy machine; times are not.
// `npm run bench -- --save` keeps the table for the course, with the machine and the date.
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { WebSocket } from 'ws';
import { compare, conditions, ROUNDS, SLICES, share, slice } from './rounds.ts';
import { BARRED, type Offer, startServers } from './servers.ts';

const HANDSHAKES = 100; // in a slice
const AT_A_TIME = 20;
const BAR = 1.25;

/** One handshake over WebSocket, from the TCP connection to the answer to CONNECT. */
function handshake(origin: string, { headers, query, auth }: Offer): Promise<void> {
  return new Promise((resolve, reject) => {
    const search = new URLSearchParams({ EIO: '4', transport: 'websocket', ...query });
    const url = `${origin.replace('http', 'ws')}/socket.io/?${search}`;
    const socket = new WebSocket(url, { headers, perMessageDeflate: false });
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('0')) socket.send(`40${auth ? JSON.stringify(auth) : ''}`);
      else if (text.startsWith('40')) socket.close();
      else if (!text.startsWith('42')) reject(new Error(`unexpected answer: ${text}`));
    });
  });
}

const servers = startServers();
const handshakes = SLICES * HANDSHAKES; // in a round

async function measure() {
  for (const { example } of servers) await example.ready();
  return compare(servers, HANDSHAKES, ({ example, offer }) =>
    slice(example, () =>
      share(HANDSHAKES, AT_A_TIME, async () => handshake(example.origin, await offer())),
    ),
  );
}

const rows = await measure().finally(() =>
  Promise.all(servers.map(({ example }) => example.stop())),
);

const { date, node, machine } = conditions();
console.log(`Handshake over WebSocket, Node ${node}, ${machine}`);
console.log(
  `Median of ${ROUNDS} rounds of ${handshakes} handshakes, interleaved by ${HANDSHAKES}\n`,
);
console.table(
  Object.fromEntries(
    rows.map(({ label, perSecond, microseconds, ratio }) => [
      label,
      { 'handshakes/s': perSecond, 'CPU µs/handshake': microseconds, 'CPU ratio': ratio },
    ]),
  ),
);
const cost = rows.find(({ label }) => label === BARRED)?.ratio ?? Number.NaN;
console.log(`${BARRED} costs ${cost} times the CPU of no authentication (bar: ${BAR}).`);
console.log('Differences under 10 % mean nothing here: look at the A/A line.');
if (argv.includes('--save')) {
  const result = { date, node, machine, rounds: ROUNDS, handshakes, rows };
  writeFileSync('bench/handshake.json', `${JSON.stringify(result, null, 2)}\n`);
}
if (cost > BAR) process.exitCode = 1;
