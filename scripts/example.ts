// `npm run example NAME [-- --port N]`: runs an example's server, with `--other-origin` a foreign page
// beside it. `npm run example NAME FILE` runs another program of its folder, such as a second client.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { needInstall, root } from './lib.ts';

needInstall();
const [name, ...args] = process.argv.slice(2);
const folder = join(root, 'examples');
const names = readdirSync(folder).filter((each) => existsSync(join(folder, each, 'server.ts')));

if (name === undefined || !names.includes(name)) {
  if (name !== undefined) console.error(`There is no example "${name}".`);
  console.log(`Examples:\n${names.map((each) => `  npm run example ${each}`).join('\n')}`);
  process.exit(name === undefined ? 0 : 2);
}

const other = args[0] !== undefined && existsSync(join(folder, name, `${args[0]}.ts`));
const program = join(folder, name, `${other ? args.shift() : 'server'}.ts`);
const flag = other ? -1 : args.indexOf('--other-origin');
if (flag >= 0) args.splice(flag, 1);

// A child of its own, as in `node examples/NAME/server.ts`. Ctrl-C reaches it by itself.
const child = spawn(process.execPath, [program, ...args], {
  stdio: ['inherit', flag >= 0 ? 'pipe' : 'inherit', 'inherit'],
});
let foreign: ChildProcess | undefined;
if (child.stdout) {
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line);
    if (line.startsWith('ready ')) foreign ??= openForeignPage(line.slice('ready '.length));
  });
}

/** The page of lib/other-origin.ts, on a port of its own: it lives as long as the server. */
function openForeignPage(target: string): ChildProcess {
  const page = join(folder, 'lib/other-origin.ts');
  return spawn(process.execPath, [page, '--target', target], { stdio: 'inherit' });
}

process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('close', (code) => {
  foreign?.kill();
  process.exit(code ?? 1);
});
