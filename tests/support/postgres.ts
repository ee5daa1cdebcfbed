// PostgreSQL for tests: the one that DATABASE_URL names, else one of the test's own, in a folder of its own.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { test } from '@playwright/test';
import pg from 'pg';
import { findProgram, isThere, missing, postgres } from '../../scripts/service.ts';

const inherited = process.env.DATABASE_URL;

/** PostgreSQL refuses to run as root: then it runs as the user that its package has made. */
function asPostgres(program: string, args: string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [program, args];
  return ['runuser', ['-u', 'postgres', '--', program, ...args]];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export class Postgres {
  /** A database that is there, without a schema. */
  readonly url: string;
  private readonly child: ChildProcess | undefined;
  private readonly folder: string | undefined;

  private constructor(url: string, child?: ChildProcess, folder?: string) {
    [this.url, this.child, this.folder] = [url, child, folder];
  }

  /** Skips the tests where there is none, and says how to get it. In CI they fail instead. */
  static async start(): Promise<Postgres> {
    const there = isThere(postgres);
    if (!there && process.env.CI) throw new Error(missing(postgres));
    test.skip(!there, missing(postgres));
    if (inherited) return new Postgres(inherited);

    const program = findProgram(postgres) ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
    const data = join(folder, 'data');
    chmodSync(folder, 0o777); // its own user makes what is in it
    const init = ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'];
    execFileSync(...asPostgres(join(dirname(program), 'initdb'), init), { stdio: 'pipe' });
    const port = await freePort();
    const args = ['-D', data, '-h', '127.0.0.1', '-p', `${port}`, '-k', '', '-c', 'fsync=off'];
    const child = spawn(...asPostgres(program, args), { stdio: 'ignore' });
    const started = new Postgres(`postgres://tests@127.0.0.1:${port}/postgres`, child, folder);
    await started.answers();
    return started;
  }

  private async answers(): Promise<void> {
    const end = Date.now() + 20_000;
    for (;;) {
      const client = new pg.Client(this.url);
      try {
        await client.connect();
        return await client.end();
      } catch (error) {
        if (Date.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** The URL of a schema of its own: what one test leaves there, the next one does not meet. */
  async fresh(): Promise<string> {
    const schema = `t${crypto.randomUUID().replaceAll('-', '')}`;
    const client = new pg.Client(this.url);
    await client.connect();
    await client.query(`CREATE SCHEMA ${schema}`);
    await client.end();
    const url = new URL(this.url);
    url.searchParams.set('options', `-c search_path=${schema}`);
    return url.href;
  }

  async stop(): Promise<void> {
    if (!this.child || !this.folder) return;
    const ended = once(this.child, 'exit');
    const [pid] = readFileSync(join(this.folder, 'data/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGINT'); // its own, for runuser passes none on; it ends the connections
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
