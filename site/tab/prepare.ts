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
  /** Lab to the file that holds the sources of its server. */
  labs: Record<string, string>;
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
  const examples = Object.fromEntries(
    names.map((name) => [name, write(out, `example-${name}`, readExample(root, name))]),
  );
  const labs = Object.fromEntries(
    listLabs(root).map((name) => [name, write(out, `lab-${name}`, readLab(root, name))]),
  );
  const { entries, packs, packOf } = built;
  const text = JSON.stringify(
    { key, entries, packs, packOf, examples, labs } satisfies Prepared,
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
  const port = portOf(`examples/${name}/server.ts`, used);
  const client: [string, string] = [`/${CLIENT}`, readFileSync(join(root, CLIENT), 'utf8')];
  return { name, entry: inOwn('server.ts'), port, files: [...own, ...files, client] };
}

const filesIn = (root: string, folder: string) =>
  readdirSync(join(root, folder))
    .map((file) => `${folder}/${file}`)
    .filter((file) => statSync(join(root, file)).isFile() && !file.endsWith('/.env'));

/** The labs that run in the tab: every folder of `examples/labs` with a server, unless its lab.yaml says `needsNode`. */
export function listLabs(root: string): string[] {
  const folder = join(root, 'examples/labs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => {
    const about = join(folder, name, 'lab.yaml');
    return existsSync(about) && !/^needsNode:/m.test(readFileSync(about, 'utf8'));
  });
}

/** What a lab's server is made of: its own file, and what it uses of examples/labs/server and examples/lib. */
export function readLab(root: string, lab: string): ExampleFiles {
  const name = `labs/${lab}`;
  const files = ['labs/server', 'lib'].flatMap((folder) => filesIn(root, `examples/${folder}`));
  const entry = `examples/${name}/server.ts`;
  const all = new Map(
    [entry, ...files].map((file) => [`${HOME}/${file}`, readFileSync(join(root, file), 'utf8')]),
  );
  const used = reachable(all, [`${HOME}/${entry}`]);
  return { name, entry: `${HOME}/${entry}`, port: portOf(entry, used), files: [...used] };
}

/** The port that a server names. */
function portOf(file: string, files: ReadonlyMap<string, string>): number {
  const [, port] = /await listen\(http, io, (\d+)\)/.exec(files.get(`${HOME}/${file}`) ?? '') ?? [];
  if (!port) throw new Error(`${file}: no call of listen with a port.`);
  return Number(port);
}

/** Writes the sources below a name with a hash, and takes away those of before; gives the file's name. */
function write(out: string, name: string, sources: ExampleFiles): string {
  const text = JSON.stringify(sources);
  const file = `${name}-${createHash('sha256').update(text).digest('base64url').slice(0, 8)}.json`;
  for (const old of readdirSync(out)) {
    if (old.startsWith(`${name}-`) && old !== file && old.length === file.length)
      rmSync(join(out, old));
  }
  if (!existsSync(join(out, file))) writeFileSync(join(out, file), text);
  return file;
}
