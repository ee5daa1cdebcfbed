// Redis for tests: the one that REDIS_URL names, or one of the test's own that it may kill.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from '@playwright/test';
import { findProgram, missing, redis, type Service } from '../../scripts/service.ts';
import { endChild, freePort, startOn } from './child.ts';

/** Skips the test where the service is not there, and says why. In CI it fails: nothing is skipped unseen. */
export function need(service: Service, there: boolean): void {
  if (!there && process.env.CI) throw new Error(missing(service));
  test.skip(!there, missing(service));
}

export class Redis {
  readonly url: string;
  private readonly port: number;
  private readonly folder: string | undefined;
  private child: ChildProcess | undefined;

  private constructor(port: number, keeps: boolean) {
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.folder = keeps ? mkdtempSync(join(tmpdir(), 'redis-')) : undefined;
  }

  /** One of the test's own, without persistence, or on disk after each write where it `keeps`. */
  static async start({ keeps = false } = {}): Promise<Redis> {
    need(redis, findProgram(redis) !== undefined);
    const server = new Redis(await freePort(), keeps);
    await server.run();
    return server;
  }

  /** Starts it where it was. */
  async run(): Promise<void> {
    const disk = this.folder
      ? ['--dir', this.folder, '--appendonly', 'yes', '--appendfsync', 'always']
      : ['--appendonly', 'no'];
    const args = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', ...disk];
    this.child = await startOn(this.port, findProgram(redis) ?? '', args);
  }

  /** From one moment to the next, as a machine fails. */
  async kill(): Promise<void> {
    if (this.child) await endChild(this.child, 'SIGKILL');
  }

  /** It takes connections and commands, and answers none. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    await this.kill();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A Redis for tests that leave it alone: a URL, and what ends it. */
export async function shareRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const { REDIS_URL } = process.env;
  if (REDIS_URL) return { url: REDIS_URL, stop: async () => {} };
  return Redis.start();
}
