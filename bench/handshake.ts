// What authentication costs at the handshake: each carrier against a server without it, by the
// server's own CPU time. Ratios within a round are stable on a noisy machine; times are not.
// `npm run bench -- --save` keeps the table for the course, with the machine and the date.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { argv } from 'node:process';
import { WebSocket } from 'ws';
import { BARRED, BASE, type Measured, type Offer, startServers } from './servers.ts';

const ROUNDS = 11;
const SLICES = 10; // a round goes back and forth between the servers, so that all see the same weather
const HANDSHAKES = 100; // in a slice
const WARM_UP = 2;
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

interface Slice {
  /** Microseconds of server CPU. */
  cpu: number;
  seconds: number;
}

async function slice({ example, offer }: Measured): Promise<Slice> {
  const before = Number(await example.ask({}));
  const start = performance.now();
  let left = HANDSHAKES;
  const worker = async () => {
    while (left-- > 0) await handshake(example.origin, await offer());
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const seconds = (performance.now() - start) / 1000;
  return { cpu: Number(await example.ask({})) - before, seconds };
}

/** One round: the slices of each server, added up. */
async function round(servers: Measured[], turn: number): Promise<Slice[]> {
  const sums = servers.map(() => ({ cpu: 0, seconds: 0 }));
  for (let n = 0; n < SLICES; n += 1) {
    for (let each = 0; each < servers.length; each += 1) {
      const at = (each + n + turn) % servers.length;
      const [server, sum] = [servers[at], sums[at]];
      if (!server || !sum) continue;
      const { cpu, seconds } = await slice(server);
      sum.cpu += cpu;
      sum.seconds += seconds;
    }
  }
  return sums;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const servers = startServers();
const rounds: Slice[][] = [];

try {
  for (const { example } of servers) await example.ready();
  for (let n = 1 - WARM_UP; n <= ROUNDS; n += 1) {
    process.stderr.write(`\rround ${n} of ${ROUNDS}${n < 1 ? ' (warm-up)' : '          '}`);
    const result = await round(servers, n + WARM_UP);
    if (n > 0) rounds.push(result);
  }
} finally {
  await Promise.all(servers.map(({ example }) => example.stop()));
  process.stderr.write('\r                                \r');
}

const labels = servers.map(({ label }) => label);
const all = (at: number) => rounds.map((each) => each[at] ?? { cpu: 0, seconds: 0 });
const base = all(labels.indexOf(BASE));
const handshakes = SLICES * HANDSHAKES;
const rows = labels.map((label, at) => ({
  label,
  perSecond: Math.round(median(all(at).map(({ seconds }) => handshakes / seconds))),
  microseconds: Math.round(median(all(at).map(({ cpu }) => cpu / handshakes))),
  ratio: Number(median(all(at).map(({ cpu }, n) => cpu / (base[n]?.cpu ?? 0))).toFixed(2)),
}));

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores`;
const node = process.versions.node;
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
const cost = rows[labels.indexOf(BARRED)]?.ratio ?? Number.NaN;
console.log(`${BARRED} costs ${cost} times the CPU of no authentication (bar: ${BAR}).`);
console.log('Differences under 10 % mean nothing here: look at the A/A line.');
if (argv.includes('--save')) {
  const date = new Date().toISOString().slice(0, 10);
  const result = { date, node, machine, rounds: ROUNDS, handshakes, rows };
  writeFileSync('bench/handshake.json', `${JSON.stringify(result, null, 2)}\n`);
}
if (cost > BAR) process.exitCode = 1;
