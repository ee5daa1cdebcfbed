// What the scripts share: the project's folder, and running a tool of node_modules as a child.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A JavaScript entry point below node_modules, to be run with this very Node. */
export function tool(path: string): string[] {
  return [process.execPath, join(root, 'node_modules', path)];
}

export interface Result {
  code: number;
  output: string;
}

/** Runs a command in the project's folder. `show` lets its output through; else it is collected. */
export function run(
  [command = '', ...args]: string[],
  { show = false, env = {} }: { show?: boolean; env?: Record<string, string> } = {},
): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
    });
    const end = () => child.kill();
    process.once('exit', end); // what fails beside it ends it too
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}` }));
    child.on('close', (code) => {
      process.off('exit', end);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** One line after a step, with its time; a failure shows what the step said, and exits 1. */
export async function step(name: string, work: () => Promise<Result>): Promise<void> {
  const start = performance.now();
  const { code, output } = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code === 0) return;
  console.error(output.trimEnd());
  process.exit(1);
}

/** Whether `npm ci` has been run; otherwise says so and exits 1. */
export function needInstall(): void {
  if (existsSync(join(root, 'node_modules/astro/package.json'))) return;
  console.error('The packages are missing. Run this first: npm ci');
  process.exit(1);
}
