// `npm run example NAME [-- --port N]`: runs an example's server. `npm run example NAME FILE` runs
// another program of its folder, such as a second client.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
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

// A child of its own, as in `node examples/NAME/server.ts`. Ctrl-C reaches it by itself.
const other = args[0] !== undefined && existsSync(join(folder, name, `${args[0]}.ts`));
const program = join(folder, name, `${other ? args.shift() : 'server'}.ts`);
const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
