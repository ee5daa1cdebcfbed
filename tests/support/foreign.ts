// Starts examples/lib/other-origin.ts, a page that is not the example's own.
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startPacked } from './pack.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Foreign {
  child: ChildProcess;
  origin: string;
}

/** Serves the foreign page on a free port of loopback. Throws when it ends before it is ready. */
export async function startForeign(target: string): Promise<Foreign> {
  const { args, env } = await startPacked();
  const command = [...args, 'examples/lib/other-origin.ts', '--target', target, '--port', '0'];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('other origin ')) return { child, origin: line.slice(13) };
  }
  throw new Error('the foreign page ended');
}
