// Measuring servers side by side: each round goes back and forth between all of them, so that they see the same
// weather, and is compared within itself. Ratios are stable on a noisy machine; times are not.
import { cpus } from 'node:os';
import process from 'node:process';
import type { Example } from '../tests/support/example.ts';

export const ROUNDS = 11;
export const SLICES = 10;
const WARM_UP = 2;

interface Slice {
  /** Microseconds of server CPU. */
  cpu: number;
  seconds: number;
}

/** What a piece of work costs one server. */
export async function slice(example: Example, work: () => Promise<void>): Promise<Slice> {
  const before = Number(await example.ask({}));
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  return { cpu: Number(await example.ask({})) - before, seconds };
}

/** One round: the slices of each server, added up. */
async function round<T>(servers: T[], turn: number, work: (server: T) => Promise<Slice>) {
  const sums = servers.map(() => ({ cpu: 0, seconds: 0 }));
  for (let n = 0; n < SLICES; n += 1) {
    for (let each = 0; each < servers.length; each += 1) {
      const at = (each + n + turn) % servers.length;
      const [server, sum] = [servers[at], sums[at]];
      if (!server || !sum) continue;
      const { cpu, seconds } = await work(server);
      sum.cpu += cpu;
      sum.seconds += seconds;
    }
  }
  return sums;
}

/** Runs all rounds; gives each server's row against the first one. `count`: how much one slice does. */
export async function compare<T extends { label: string }>(
  servers: T[],
  count: number,
  work: (server: T) => Promise<Slice>,
) {
  const rounds: Slice[][] = [];
  for (let n = 1 - WARM_UP; n <= ROUNDS; n += 1) {
    process.stderr.write(`\rround ${n} of ${ROUNDS}${n < 1 ? ' (warm-up)' : '          '}`);
    const result = await round(servers, n + WARM_UP, work);
    if (n > 0) rounds.push(result);
  }
  process.stderr.write('\r                                \r');
  const all = (at: number) => rounds.map((each) => each[at] ?? { cpu: 0, seconds: 0 });
  const done = SLICES * count;
  const base = all(0);
  return servers.map(({ label }, at) => ({
    label,
    perSecond: Math.round(median(all(at).map(({ seconds }) => done / seconds))),
    microseconds: Number(median(all(at).map(({ cpu }) => cpu / done)).toPrecision(3)),
    ratio: Number(median(all(at).map(({ cpu }, n) => cpu / (base[n]?.cpu ?? 0))).toFixed(2)),
  }));
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** What a table has to say of the run beside its numbers. */
export function conditions() {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores`,
    rounds: ROUNDS,
  };
}

/** So many pieces of work in all, `atATime` of them under way. */
export async function share(
  count: number,
  atATime: number,
  work: (worker: number) => Promise<void>,
) {
  let left = count;
  const worker = async (_: unknown, n: number) => {
    while (left-- > 0) await work(n);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
