// Starts an example as a reader would, on a free port, with a secret that the test knows.

import { type ChildProcess, spawn } from 'node:child_process';
import { createSecretKey } from 'node:crypto';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import jwt from 'jsonwebtoken';
import type { WireEvent } from '../../site/tab/wire.ts';
import type { Order } from './orders.ts';
import { startPacked } from './pack.ts';

export const SECRET = 'a secret of the tests, and of nothing else';
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Texts that stand exactly once in server.ts (or in a file of lib), and what replaces them. */
export type Variant = readonly (readonly [from: string, to: string, file?: string])[];

export interface Options {
  env?: Record<string, string>;
  /** What to change in its sources, in memory; see vary.ts. */
  variant?: Variant;
  /** Default: `--port 0`. */
  args?: string[];
  /** The module that is loaded before the server. Default: steer.ts. */
  preload?: string;
  /** Its packages as npm has installed them, and not packed (see pack.ts). */
  asInstalled?: boolean;
  /** Hears what goes over the wire, in an example with tap.ts before it. */
  watch?: (event: WireEvent) => void;
}

const inOneFile = await startPacked();

export class Example {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly name: string;
  origin = '';
  private readonly child: ChildProcess;
  private readonly lookups: string[] = [];
  private orders = 0;

  constructor(name: string, options: Options = {}) {
    this.name = name;
    const { env = {}, variant = [], args = ['--port', '0'] } = options;
    const { preload = './tests/support/steer.ts', watch } = options;
    const { asInstalled = Boolean(watch) } = options;
    const program = `examples/${name}/server.ts`;
    this.child = spawn(
      process.execPath,
      // The variant first: what is imported before its hook is there cannot be changed any more.
      [
        ...(asInstalled ? [] : inOneFile.args),
        ...(variant.length > 0 ? ['--import', './tests/support/vary.ts'] : []),
        ...['--import', preload, program, ...args],
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          JWT_SECRET: SECRET,
          SESSION_SECRET: SECRET,
          DATABASE_URL: '', // the chat: each server has a database of its own, and an empty one
          DATABASE_FILE: ':memory:',
          REDIS_URL: '', // who wants Redis says which; this process may know one
          HANDSHAKE_VARIANT: JSON.stringify(variant),
          ...inOneFile.env,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    this.child.on('message', ({ lookup, wire }: { lookup?: string; wire?: WireEvent }) => {
      if (lookup) this.lookups.push(lookup);
      if (wire) watch?.(wire);
    });
    this.collect(this.child.stdout, this.lines);
    this.collect(this.child.stderr, this.errors);
  }

  private collect(stream: NodeJS.ReadableStream | null, into: string[]): void {
    if (stream) createInterface({ input: stream }).on('line', (line) => into.push(line));
  }

  /** Waits for the `ready` line. Throws with what the process said when it ends before that. */
  async ready(): Promise<this> {
    await until(() => {
      const line = this.lines.find((each) => each.startsWith('ready '));
      if (!line && !this.alive) throw new Error(`the example ended:\n${this.errors.join('\n')}`);
      this.origin = line?.slice('ready '.length) ?? '';
      return Boolean(line);
    }, 15_000);
    return this;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The security events logged so far, parsed. */
  get log(): Record<string, unknown>[] {
    return this.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  }

  /** Orders the process; resolves when it has obeyed, with its answer if the order has one. */
  steer(order: Order): Promise<unknown> {
    return this.ask({ order });
  }

  /** Sends the process a question over IPC; resolves with the `value` of its answer. */
  ask(question: object): Promise<unknown> {
    this.orders += 1;
    const n = this.orders;
    if (!this.child.connected) return Promise.resolve(undefined); // it has ended
    this.child.send({ n, ...question });
    return new Promise((resolve) => {
      const settle = (value?: unknown) => {
        this.child.off('message', listen).off('exit', ended);
        resolve(value);
      };
      const listen = (message: { done?: number; value?: unknown }) => {
        if (message.done === n) settle(message.value);
      };
      const ended = () => settle(); // it will not answer any more
      this.child.on('message', listen).on('exit', ended);
    });
  }

  /** Resolves when the server looks this user up, from now on. */
  async lookup(id: string): Promise<void> {
    const before = this.lookups.length;
    await until(() => this.lookups.slice(before).includes(id), 5_000);
  }

  sign = signToken;

  /** Sends the signal and gives the exit code (null when a signal ended it). */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    if (this.alive) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}

/** A token as the server would sign it, with what the test changes. `null` leaves a claim out. */
export function signToken(
  claims: Record<string, unknown> = {},
  key: string = SECRET,
  algorithm: 'HS256' | 'HS512' = 'HS256',
): string {
  const now = Math.floor(Date.now() / 1000);
  const payload: Record<string, unknown> = {
    ...{ iss: 'handshake', aud: 'handshake-sockets', sub: 'u1' },
    ...{ iat: now, exp: now + 900, jti: crypto.randomUUID(), ...claims },
  };
  for (const name of Object.keys(payload)) if (payload[name] === null) delete payload[name];
  return jwt.sign(payload, createSecretKey(Buffer.from(key)), { algorithm });
}

/** Polls a condition that no event announces. Throws after `ms`. */
export async function until(condition: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`this did not happen within ${ms} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
