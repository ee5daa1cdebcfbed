// Stands in for `vite` in react-hook's server (see packed.ts): the page that it builds when it is first asked for is made
// once, and kept in a file.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}node_modules/.cache/react-page`;

interface Built {
  type: 'asset' | 'chunk';
  fileName: string;
  code?: string;
  source?: string | Uint8Array;
}

/** In place of Vite's. A page is the same when all that it is made of is, and what a variant changes there. */
export async function build(options: { root: string }): Promise<{ output: object[] }> {
  const folders = [
    options.root,
    'examples',
    'examples/lib',
    'tests/examples/react',
    'tests/support',
  ];
  const sources = folders.flatMap((each) => {
    const path = resolve(root, each);
    const names = readdirSync(path).filter((name) => /\.(?:html|css|json|tsx?)$/.test(name));
    return names.sort().map((name) => readFileSync(join(path, name), 'utf8'));
  });
  const { HANDSHAKE_VARIANT: variant = '', NODE_ENV = '' } = process.env;
  const lock = readFileSync(`${root}package-lock.json`);
  const from = JSON.stringify([root, variant, NODE_ENV, ...sources]);
  const file = `${folder}/${createHash('sha256').update(lock).update(from).digest('hex')}`;
  if (!existsSync(file)) {
    const { output } = (await (await import('vite')).build(options)) as { output: Built[] };
    const texts = output.map(({ type, fileName, code, source }) =>
      type === 'chunk'
        ? { type, fileName, code }
        : { type, fileName, source: Buffer.from(source ?? '').toString() },
    );
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(texts));
    renameSync(`${file}.${process.pid}`, file); // whole, or not at all
  }
  return { output: JSON.parse(readFileSync(file, 'utf8')) };
}
