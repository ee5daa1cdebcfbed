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
import type { Manifest } from './runtime.ts';

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
  const key = keyOf(root);
  const before = existsSync(place)
    ? (JSON.parse(readFileSync(place, 'utf8')) as Prepared)
    : undefined;
  const current =
    before?.key === key &&
    Object.values(before.packs ?? {}).every((file) => existsSync(join(out, file)));
  const built: Manifest = current && before ? before : await buildRuntime(out);
  const examples = Object.fromEntries(
    listExamples(root).map((name) => [name, writeExample(root, out, name)]),
  );
  const { entries, imports, packs } = built;
  const text = JSON.stringify(
    { key, entries, imports, packs, examples } satisfies Prepared,
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

/** The examples that run: every folder with a server. */
export function listExamples(root: string): string[] {
  return readdirSync(join(root, 'examples')).filter((name) =>
    existsSync(join(root, 'examples', name, 'server.ts')),
  );
}

/** What an example is made of, as the worker sees it. */
export function readExample(root: string, name: string): ExampleFiles {
  const folders = [`examples/${name}`, 'examples/lib'];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .map((file) => `${folder}/${file}`)
      .filter((file) => statSync(join(root, file)).isFile() && !file.endsWith('/.env')),
  );
  const read = (file: string): [string, string] => [
    `${HOME}/${file}`,
    readFileSync(join(root, file), 'utf8'),
  ];
  const server = readFileSync(join(root, 'examples', name, 'server.ts'), 'utf8');
  const [, port] = /await listen\(http, io, (\d+)\)/.exec(server) ?? [];
  if (!port) throw new Error(`examples/${name}/server.ts: no call of listen with a port.`);
  const client: [string, string] = [`/${CLIENT}`, readFileSync(join(root, CLIENT), 'utf8')];
  const files = [...paths.map(read), client];
  return { name, entry: `${HOME}/examples/${name}/server.ts`, port: Number(port), files };
}

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
