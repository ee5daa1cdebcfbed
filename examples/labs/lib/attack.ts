// Runs a lab's exploits and its honest clients, in Node and in the tab alike.
import type { Exploit, Honest, Lab, Target, Verdict } from './lab.ts';
import { Refused } from './raw.ts';

/** A line of the table. `ok`: the exploit was held, or the honest client was served. */
export interface Row {
  kind: 'exploit' | 'honest';
  title: string;
  ok: boolean;
  saw: string;
}

/** An exploit that takes longer is given up. A lab's own waits are shorter. */
const PATIENCE = 5_000;

/** A server that has just started. */
export interface Running {
  target: Target;
  /** What it said on standard error. */
  errors: readonly string[];
  /** Ends it; resolves when it has ended. */
  end(): Promise<void> | void;
}

interface Options {
  /** Hears each line as it is known. */
  tell?: (row: Row) => void;
  /** Ends the run before its next line. */
  signal?: AbortSignal;
}

/**
 * Runs all of `lab`, each against a server of its own. `start` is called once for each line, and one line ahead: it
 * rejects with words when the server does not start.
 */
export async function attack(
  lab: Lab,
  start: () => Promise<Running>,
  { tell, signal }: Options = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  const begin = () => {
    const running = start();
    running.catch(() => {}); // whoever takes it will hear of it
    return running;
  };
  const all: [Row['kind'], Exploit | Honest][] = [
    ...lab.exploits.map((each): [Row['kind'], Exploit] => ['exploit', each]),
    ...lab.honest.map((each): [Row['kind'], Honest] => ['honest', each]),
  ];
  let ahead = begin(); // the next server starts while this one is attacked
  for (const [n, [kind, each]] of all.entries()) {
    const server = ahead;
    if (n + 1 < all.length) ahead = begin();
    const row = await one(kind, each, server);
    rows.push(row);
    tell?.(row);
    if (!signal?.aborted) continue;
    await ahead.then(({ end }) => end()).catch(() => {});
    break;
  }
  return rows;
}

async function one(
  kind: Row['kind'],
  { title, run }: Exploit | Honest,
  starting: Promise<Running>,
): Promise<Row> {
  let server: Running;
  try {
    server = await starting;
  } catch (error) {
    return { kind, title, ok: false, saw: `the server does not start: ${words(error)}` };
  }
  const { target, errors, end } = server;
  try {
    const verdict = await within<Verdict | undefined>(PATIENCE, run(target));
    if (!target.alive()) throw new Error('it has ended');
    if (verdict) return { kind, title, ok: !verdict.in, saw: verdict.saw };
    return { kind, title, ok: true, saw: 'served' };
  } catch (error) {
    if (!target.alive()) {
      return { kind, title, ok: false, saw: `the server has ended: ${lastOf(errors)}` };
    }
    // A connection that is refused was not let in; anything else that goes wrong is a mistake to look at.
    const ok = kind === 'exploit' && error instanceof Refused;
    return { kind, title, ok, saw: words(error) };
  } finally {
    await end();
  }
}

const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The line of an error's text that names it. */
const lastOf = (lines: readonly string[]) =>
  lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'without a word';

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
