// What authentication costs at the handshake: auth-field against the same file without it, by the
// server's own CPU time. Ratios within a round are stable on a noisy machine; times are not.
import { cpus } from 'node:os';
import { WebSocket } from 'ws';
import { Example } from '../tests/support/example.ts';

const ROUNDS = 11;
const HANDSHAKES = 400;
const AT_A_TIME = 20;
const BAR = 1.25;

const withoutAuthentication = [
  [
    "namespace.use(authenticate).on('connection', attend);",
    `namespace.on('connection', (socket) => {
      socket.data.user = { id: 'u1', name: 'ann', role: 'member' };
      listenTo(socket, 'whoami');
      listenTo(socket, 'say');
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

interface Round {
  /** Microseconds of server CPU for each handshake. */
  cpu: number;
  perSecond: number;
}

async function round(example: Example): Promise<Round> {
  const packet = `40${JSON.stringify({ token: example.sign() })}`;
  const before = Number(await example.ask({}));
  const start = performance.now();
  let left = HANDSHAKES;
  const worker = async () => {
    while (left-- > 0) await handshake(example.origin, packet);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  const seconds = (performance.now() - start) / 1000;
  const after = Number(await example.ask({}));
  return { cpu: (after - before) / HANDSHAKES, perSecond: HANDSHAKES / seconds };
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
const entries = Object.entries(servers);
const rounds = new Map<string, Round[]>(entries.map(([name]) => [name, []]));

try {
  for (const [, server] of entries) await server.ready();
  for (let n = 0; n <= ROUNDS; n += 1) {
    process.stderr.write(`\rround ${n} of ${ROUNDS}${n === 0 ? ' (warm-up)' : '          '}`);
    // Another order each round, so that none of them always runs in another's wake.
    for (let turn = 0; turn < entries.length; turn += 1) {
      const [name, server] = entries[(turn + n) % entries.length] ?? entries[0] ?? [];
      if (!name || !server) continue;
      const result = await round(server);
      if (n > 0) rounds.get(name)?.push(result);
    }
  }
} finally {
  await Promise.all(entries.map(([, server]) => server.stop()));
  process.stderr.write('\r                                \r');
}

const base = rounds.get('without authentication') ?? [];
const ratio = (name: string) =>
  median((rounds.get(name) ?? []).map(({ cpu }, n) => cpu / (base[n]?.cpu ?? Number.NaN)));

console.log(`Handshake over WebSocket, Node ${process.versions.node}, ${cpus()[0]?.model.trim()}`);
console.log(
  `Median of ${ROUNDS} interleaved rounds of ${HANDSHAKES} handshakes, ${AT_A_TIME} at a time\n`,
);
console.table(
  Object.fromEntries(
    entries.map(([name]) => {
      const all = rounds.get(name) ?? [];
      return [
        name,
        {
          'handshakes/s': Math.round(median(all.map(({ perSecond }) => perSecond))),
          'CPU µs/handshake': Math.round(median(all.map(({ cpu }) => cpu))),
          'CPU ratio': Number(ratio(name).toFixed(2)),
        },
      ];
    }),
  ),
);
const cost = ratio('auth-field');
console.log(
  `auth-field costs ${cost.toFixed(2)} times the CPU of no authentication (bar: ${BAR}).`,
);
console.log('Differences under 10 % mean nothing here: look at the A/A line.');
process.exit(cost <= BAR ? 0 : 1);
