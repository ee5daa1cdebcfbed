// Commands as a lesson prints them: a block of `sh`, and after it a block with what they print.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Printed {
  commands: string[];
  /** Lines of the block behind, where `…` stands for anything. */
  prints: string[];
}

/** Every `sh` block of a lesson, with the block behind it. */
export function commandsOf(lesson: string): Printed[] {
  const text = readFileSync(`${root}${lesson}`, 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```\n\n```\n([\s\S]*?)^```/gm)];
  const all = text.match(/^```sh$/gm)?.length ?? 0;
  if (blocks.length !== all) throw new Error(`${lesson}: an sh block without what it prints`);
  return blocks.map(([, commands = '', prints = '']) => ({
    commands: commands.trimEnd().split('\n'),
    prints: prints.trimEnd().split('\n'),
  }));
}

/** Runs a line in a shell, from the project's folder, with the project's Node; gives what it prints. */
export function shell(line: string): Promise<string> {
  const PATH = `${root}node_modules/.bin${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH, npm_config_loglevel: 'silent', NO_COLOR: '1' };
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', line], { cwd: root, env, timeout: 30_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${line}: ${error.message}\n${stderr}`)) : resolve(stdout),
    );
  });
}

/** Whether this line is what the lesson shows: `…` stands for anything. */
export function isPrinted(line: string, shown: string): boolean {
  const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(line);
}
