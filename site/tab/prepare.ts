/**
 * Runs before the site is built or served: builds the runtime, unless what it is made of has not changed, and writes
 * down what each example needs.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildRuntime } from './build.ts';
import { whyNotInTab } from './declared.ts';
import { type Manifest, reachable } from './runtime.ts';

/** What the page fetches to run an example. */
export interface ExampleFiles {
  name: string;
  entry: string;
  port: number;
  files: [path: string, text: string][];
}

/** What the page imports: where the runtime's files are. `key` tells what it was built from. */
export interface Prepared extends Manifest {
  key: string;
  /** Example to the file that holds its sources. */
  examples: Record<string, string>;
}

const HOME = '/handshake';
const CLIENT = 'node_modules/socket.io/client-dist/socket.io.esm.min.js';

/** Builds what is out of date below `root` (public/tab and the manifest). Throws when the build fails. */
export async function prepareTab(root: string): Promise<void> {
  const out = join(root, 'public/tab');
  const place = join(root, 'site/tab/manifest.json');
  const names = listExamples(root).filter((name) => whyNotInTab(root, name) === undefined);
  const key = keyOf(root);
  const before = existsSync(place)
    ? (JSON.parse(readFileSync(place, 'utf8')) as Prepared)
    : undefined;
  const current =
    before?.key === key &&
    Object.values(before.packs ?? {}).every((file) => existsSync(join(out, file)));
  const built: Manifest = current && before ? before : await buildRuntime(out);
  const examples = Object.fromEntries(names.map((name) => [name, writeExample(root, out, name)]));
  const { entries, packs, packOf } = built;
  const text = JSON.stringify(
    { key, entries, packs, packOf, examples } satisfies Prepared,
    null,
    2,
  );
  if (!existsSync(place) || readFileSync(place, 'utf8') !== text) writeFileSync(place, text);
}

/** A hash of all that the runtime is made of: its sources, and the versions of the packages. */
function keyOf(root: string): string {
  const sources = globSync('site/tab/{*,shims/*,worker/*,replace/*,browser/**/*}.{ts,cjs}', {
    cwd: root,
  }).sort();
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', ...sources]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The examples: every folder with a server. */
export function listExamples(root: string): string[] {
  return readdirSync(join(root, 'examples')).filter((name) =>
    existsSync(join(root, 'examples', name, 'server.ts')),
  );
}

/** Examples whose login a page of another origin goes for: their cookies travel by themselves. */
const WITH_OTHER_ORIGIN = ['jwt-cookie', 'session-passport'];

/** What an example is made of, as the worker sees it: its folder, and what it uses of examples/lib. */
export function readExample(root: string, name: string): ExampleFiles {
  const read = (file: string): [string, string] => [
    `${HOME}/${file}`,
    readFileSync(join(root, file), 'utf8'),
  ];
  const own = filesIn(root, `examples/${name}`).map(read);
  const lib = filesIn(root, 'examples/lib').map(read);
  const inOwn = (file: string) => `${HOME}/examples/${name}/${file}`;
  const inLib = (file: string) => `${HOME}/examples/lib/${file}`;
  const entries = [inOwn('server.ts'), inOwn('client.ts')];
  if (WITH_OTHER_ORIGIN.includes(name))
    entries.push(inLib('other-origin.ts'), inLib('other-origin-page.ts'));
  const used = reachable(new Map([...own, ...lib]), entries);
  const files = lib.filter(
    ([path]) => used.has(path) || path.endsWith('.css') || used.has(path.replace('.html', '.ts')),
  );
  const server = used.get(inOwn('server.ts')) ?? '';
  const [, port] = /await listen\(http, io, (\d+)\)/.exec(server) ?? [];
  if (!port) throw new Error(`examples/${name}/server.ts: no call of listen with a port.`);
  const client: [string, string] = [`/${CLIENT}`, readFileSync(join(root, CLIENT), 'utf8')];
  return { name, entry: inOwn('server.ts'), port: Number(port), files: [...own, ...files, client] };
}

const filesIn = (root: string, folder: string) =>
  readdirSync(join(root, folder))
    .map((file) => `${folder}/${file}`)
    .filter((file) => statSync(join(root, file)).isFile() && !file.endsWith('/.env'));

function writeExample(root: string, out: string, name: string): string {
  const text = JSON.stringify(readExample(root, name));
  const file = `example-${name}-${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.json`;
  for (const old of readdirSync(out)) {
    if (old.startsWith(`example-${name}-`) && old !== file && old.length === file.length)
      rmSync(join(out, old));
  }
  if (!existsSync(join(out, file))) writeFileSync(join(out, file), text);
  return file;
}
