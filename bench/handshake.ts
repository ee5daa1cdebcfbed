// What authentication costs at the handshake: auth-field against the same file without it, by the
// server's own CPU time. Ratios within a round are stable on a noisy machine; times are not.
import { cpus } from 'node:os';
import { WebSocket } from 'ws';
import { Example } from '../tests/support/example.ts';

const ROUNDS = 11;
const SLICES = 10; // a round goes back and forth between the servers, so that all see the same weather
const HANDSHAKES = 100; // in a slice
const WARM_UP = 2;
const AT_A_TIME = 20;
const BAR = 1.25;

const withoutAuthentication = [
  [
    "namespace.use(authenticate).on('connection', attend);",
    `namespace.on('connection', (socket) => {
      socket.data.user = { id: 'u1', name: 'ann', role: 'member' };
      handle(socket, 'whoami', () => socket.data.user);
      handle(socket, 'say', (payload) => void socket.nsp.emit('said', Say.parse(payload)));
    });`,
  ],
] as const;

/** One handshake over WebSocket, from the TCP connection to the answer to CONNECT. */
function handshake(origin: string, packet: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('0')) socket.send(packet);
      else if (text.startsWith('40')) socket.close();
      else reject(new Error(`unexpected answer: ${text}`));
    });
  });
}

interface Slice {
  /** Microseconds of server CPU. */
  cpu: number;
  seconds: number;
}

async function slice(example: Example): Promise<Slice> {
  const packet = `40${JSON.stringify({ token: example.sign() })}`;
  const before = Number(await example.ask({}));
  const start = performance.now();
  let left = HANDSHAKES;
  const worker = async () => {
    while (left-- > 0) await handshake(example.origin, packet);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const seconds = (performance.now() - start) / 1000;
  return { cpu: Number(await example.ask({})) - before, seconds };
}

/** One round: the slices of each server, added up. */
async function round(examples: Example[], turn: number): Promise<Slice[]> {
  const sums = examples.map(() => ({ cpu: 0, seconds: 0 }));
  for (let n = 0; n < SLICES; n += 1) {
    for (let each = 0; each < examples.length; each += 1) {
      const at = (each + n + turn) % examples.length;
      const [example, sum] = [examples[at], sums[at]];
      if (!example || !sum) continue;
      const { cpu, seconds } = await slice(example);
      sum.cpu += cpu;
      sum.seconds += seconds;
    }
  }
  return sums;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const preload = './bench/measure.ts';
const without = { variant: withoutAuthentication, preload };
const servers = {
  'auth-field': new Example('auth-field', { preload }),
  'without authentication': new Example('auth-field', without),
  'the same again (A/A)': new Example('auth-field', without),
};
const names = Object.keys(servers);
const examples = Object.values(servers);
const rounds: Slice[][] = [];

try {
  for (const server of examples) await server.ready();
  for (let n = 1 - WARM_UP; n <= ROUNDS; n += 1) {
    process.stderr.write(`\rround ${n} of ${ROUNDS}${n < 1 ? ' (warm-up)' : '          '}`);
    const result = await round(examples, n + WARM_UP);
    if (n > 0) rounds.push(result);
  }
} finally {
  await Promise.all(examples.map((server) => server.stop()));
  process.stderr.write('\r                                \r');
}

const all = (at: number) => rounds.map((round) => round[at] ?? { cpu: 0, seconds: 0 });
const base = all(names.indexOf('without authentication'));
const ratio = (at: number) => median(all(at).map(({ cpu }, n) => cpu / (base[n]?.cpu ?? 0)));
const handshakes = SLICES * HANDSHAKES;

console.log(`Handshake over WebSocket, Node ${process.versions.node}, ${cpus()[0]?.model.trim()}`);
console.log(
  `Median of ${ROUNDS} rounds of ${handshakes} handshakes, interleaved by ${HANDSHAKES}\n`,
);
console.table(
  Object.fromEntries(
    names.map((name, at) => [
      name,
      {
        'handshakes/s': Math.round(median(all(at).map(({ seconds }) => handshakes / seconds))),
        'CPU µs/handshake': Math.round(median(all(at).map(({ cpu }) => cpu / handshakes))),
        'CPU ratio': Number(ratio(at).toFixed(2)),
      },
    ]),
  ),
);
const cost = ratio(names.indexOf('auth-field'));
console.log(
  `auth-field costs ${cost.toFixed(2)} times the CPU of no authentication (bar: ${BAR}).`,
);
console.log('Differences under 10 % mean nothing here: look at the A/A line.');
process.exit(cost <= BAR ? 0 : 1);
