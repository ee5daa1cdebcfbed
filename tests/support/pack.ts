// Puts each npm package that the examples import into one file, once: a server that loads a dozen files in place of
// three hundred starts with two fifths less work. What npm has installed, in the same words; only where it stands
// is another place. Servers take it by packed.ts.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

const names = [
  ...['cookie', 'connect-redis', 'express', 'express-session', 'jose', 'jsonwebtoken', 'passport'],
  ...['passport-local', 'pg', 'rate-limiter-flexible', 'redis', 'socket.io', 'socket.io-adapter'],
  ...['sucrase', 'zod', '@socket.io/cluster-adapter', '@socket.io/redis-streams-adapter'],
  '@socket.io/sticky',
];
const root = fileURLToPath(new URL('../../', import.meta.url));

/** One module for each package, with the names that Node finds in it. */
async function entries(): Promise<Plugin> {
  const sources = new Map<string, string>();
  for (const name of names) {
    const words = Object.keys(await import(name)).filter((word) => word !== 'module.exports');
    sources.set(`\0${name}.mjs`, `export { ${words.join(', ')} } from '${name}';`);
  }
  return {
    name: 'entries',
    resolveId: (id, importer) => (importer ? undefined : `\0${id}.mjs`),
    load: (id) => sources.get(id),
    // Socket.IO finds the client that it serves by its own place.
    transform: (code, id) => code.replace(/\b__dirname\b/g, () => JSON.stringify(dirname(id))),
  };
}

async function pack(folder: string): Promise<void> {
  const { rolldown } = await import('rolldown');
  const input = Object.fromEntries(names.map((name) => [name, name]));
  const options = { cwd: root, platform: 'node', logLevel: 'silent' } as const;
  const bundle = await rolldown({ ...options, input, plugins: [await entries()] });
  const mine = `${folder}.${process.pid}`;
  const codegen = { removeWhitespace: true };
  const minify = { compress: false, mangle: false, codegen };
  await bundle.write({
    dir: mine,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name].mjs',
    minify,
  });
  await bundle.close();
  renameSync(mine, folder); // whole, or not at all
}

/** What Node is given, in arguments and environment, so that a program takes them. */
export async function startPacked(): Promise<{ args: string[]; env: Record<string, string> }> {
  return {
    args: ['--import', './tests/support/packed.ts'],
    env: {
      HANDSHAKE_PACKED: await packed(),
      NODE_COMPILE_CACHE: 'node_modules/.cache/compile', // a third off each start
    },
  };
}

/** Whether this process is the one that packs. A lock of one that was killed is forgotten after a minute. */
function mayPack(lock: string): boolean {
  if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 60_000)
    rmSync(lock, { recursive: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** The folder of the packed packages. Until they are there, servers take what npm has installed. */
async function packed(): Promise<string> {
  const made = ['package-lock.json', 'tests/support/pack.ts'].map((file) =>
    readFileSync(root + file),
  );
  const key = createHash('sha256')
    .update(root)
    .update(Buffer.concat(made))
    .digest('hex')
    .slice(0, 16);
  const cache = `${root}node_modules/.cache`;
  const folder = `${cache}/packed-${key}`;
  mkdirSync(cache, { recursive: true });
  if (!existsSync(folder) && mayPack(`${folder}.lock`)) {
    try {
      if (!existsSync(folder)) await pack(folder);
    } finally {
      rmSync(`${folder}.lock`, { recursive: true, force: true });
    }
  }
  return folder;
}
