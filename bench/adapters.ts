// What a second node costs: broadcasts to the same clients from one process, and from two nodes with an adapter, by the
// servers' own CPU time (that of Redis is not counted), and how long a message takes to a client of the other node.
// `npm run bench:adapters -- --save` keeps the table for the course, with the machine and the date.
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { argv, execPath } from 'node:process';
import { io, type Socket } from 'socket.io-client';
import { findProgram, missing, redis as service } from '../scripts/service.ts';
import { endChild, freePort, startOn } from '../tests/support/child.ts';

const ROUNDS = 11;
const WARM_UP = 2;
const SLICES = 5; // a round goes back and forth, so that all see the same weather
const BROADCASTS = 500; // in a slice
const CLIENTS = 10;
const MESSAGES = 20; // in a slice, one after the other, for the time to the other node

const kinds = [
  'one process',
  'one process (A/A)',
  'pub/sub',
  'sharded pub/sub',
  'streams',
  'cluster adapter',
] as const;
export type Kind = (typeof kinds)[number];
/** Broadcast so many, or tell the CPU time. */
export type Order = { n?: number; count?: number };

interface Measured {
  cpu: number;
  seconds: number;
  /** Milliseconds from a client's message to a client of the other node. */
  latency: number;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A round of one deployment: its slices added up. */
function add(slices: Measured[]): Measured {
  const sum = (of: (each: Measured) => number) =>
    slices.reduce((total, each) => total + of(each), 0);
  const latency = median(slices.map((each) => each.latency));
  return { cpu: sum(({ cpu }) => cpu), seconds: sum(({ seconds }) => seconds), latency };
}

class Deployment {
  readonly kind: Kind;
  private readonly child: ChildProcess;
  private readonly clients: Socket[] = [];
  private asked = 0;

  constructor(kind: Kind, url: string) {
    this.kind = kind;
    this.child = spawn(execPath, ['bench/adapter-nodes.ts', kind, url], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** Connects the clients, in turns to the nodes that there are. */
  async ready(): Promise<void> {
    const ports: number[] = [];
    const nodes = this.kind.startsWith('one process') ? 1 : 2;
    await new Promise<void>((resolve) => {
      this.child.on('message', ({ at, port }: { at?: number; port: number }) => {
        if (at !== undefined) ports[at] = port;
        if (ports.filter(Boolean).length === nodes) resolve();
      });
    });
    for (let n = 0; n < CLIENTS; n += 1) {
      const url = `http://localhost:${ports[n % nodes]}`;
      const socket = io(url, { transports: ['websocket'], forceNew: true });
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      this.clients.push(socket);
    }
  }

  private cpu(): Promise<number> {
    this.asked += 1;
    const n = this.asked;
    this.child.send({ n });
    return new Promise((resolve) => {
      const hear = ({ done, value }: { done?: number; value: number }) => {
        if (done !== n) return;
        this.child.off('message', hear);
        resolve(value);
      };
      this.child.on('message', hear);
    });
  }

  /** Until every client has heard so many. */
  private heard(count: number): Promise<void> {
    let left = CLIENTS * count;
    return new Promise((resolve) => {
      for (const client of this.clients) {
        client.off('said').on('said', () => {
          left -= 1;
          if (left === 0) resolve();
        });
      }
    });
  }

  async measure(): Promise<Measured> {
    const before = await this.cpu();
    const start = performance.now();
    const all = this.heard(BROADCASTS);
    this.child.send({ count: BROADCASTS });
    await all;
    const seconds = (performance.now() - start) / 1000;
    const cpu = (await this.cpu()) - before;
    const times: number[] = [];
    for (let n = 0; n < MESSAGES; n += 1) {
      const [speaker, listener] = this.clients; // of two nodes, where there are two
      const everyone = this.heard(1);
      const sent = performance.now();
      listener?.once('said', () => times.push(performance.now() - sent));
      speaker?.emit('say');
      await everyone;
    }
    return { cpu, seconds, latency: median(times) };
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await endChild(this.child, 'SIGKILL');
  }
}

const program = findProgram(service);
if (!program) throw new Error(missing(service));
const port = await freePort();
const place = ['--port', `${port}`, '--bind', '127.0.0.1'];
const redis = await startOn(port, program, [...place, '--save', '', '--appendonly', 'no']);
const deployments = kinds.map((kind) => new Deployment(kind, `redis://127.0.0.1:${port}`));
const rounds: Measured[][] = [];

try {
  await Promise.all(deployments.map((each) => each.ready()));
  for (let n = 1 - WARM_UP; n <= ROUNDS; n += 1) {
    process.stderr.write(`\rround ${n} of ${ROUNDS}${n < 1 ? ' (warm-up)' : '          '}`);
    const slices: Measured[][] = deployments.map(() => []);
    for (let slice = 0; slice < SLICES; slice += 1) {
      for (let each = 0; each < deployments.length; each += 1) {
        const at = (each + slice + n + WARM_UP) % deployments.length; // none is always first
        const found = await deployments[at]?.measure();
        if (found) slices[at]?.push(found);
      }
    }
    const result = slices.map(add);
    if (n > 0) rounds.push(result);
  }
} finally {
  await Promise.all(deployments.map((each) => each.stop()));
  await endChild(redis, 'SIGKILL');
  process.stderr.write('\r                                \r');
}

const broadcasts = SLICES * BROADCASTS;
const nothing: Measured = { cpu: 0, seconds: 0, latency: 0 };
const all = (at: number) => rounds.map((each) => each[at] ?? nothing);
const base = all(0);
const against = (at: number, of: (each: Measured) => number) =>
  Number(median(all(at).map((each, n) => of(each) / of(base[n] ?? nothing))).toFixed(2));
const rows = kinds.map((label, at) => ({
  label,
  perSecond: Math.round(median(all(at).map(({ seconds }) => broadcasts / seconds))),
  microseconds: Math.round(median(all(at).map(({ cpu }) => cpu / broadcasts))),
  ratio: against(at, ({ cpu }) => cpu),
  latency: Number(median(all(at).map(({ latency }) => latency)).toFixed(2)),
  latencyRatio: against(at, ({ latency }) => latency),
}));

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores`;
const node = process.versions.node;
console.log(`Broadcasts to ${CLIENTS} clients, Node ${node}, ${machine}`);
console.log(
  `Median of ${ROUNDS} rounds of ${broadcasts} broadcasts, interleaved by ${BROADCASTS}\n`,
);
console.table(
  Object.fromEntries(
    rows.map(({ label, perSecond, microseconds, ratio, latency, latencyRatio }) => [
      label,
      {
        'broadcasts/s': perSecond,
        'CPU µs/broadcast': microseconds,
        'CPU ratio': ratio,
        'ms to the other node': latency,
        'latency ratio': latencyRatio,
      },
    ]),
  ),
);
console.log('Differences under 10 % mean nothing here: look at the A/A line.');
if (argv.includes('--save')) {
  const date = new Date().toISOString().slice(0, 10);
  const conditions = { rounds: ROUNDS, broadcasts, clients: CLIENTS };
  const result = { date, node, machine, ...conditions, rows };
  writeFileSync('bench/adapters.json', `${JSON.stringify(result, null, 2)}\n`);
}
