/**
 * Builds the runtime into public/tab/: an ES module for each package that an example may import, for each builtin of
 * Node, and for the worker's own code. They share chunks, which lie together in packs (packs.ts). The names, which
 * hold hashes, go into a manifest.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { builtinModule, packageModule } from './entries.ts';
import { once } from './once.ts';
import { builtins, ownPacks, packages } from './packages.ts';
import { packChunks } from './packs.ts';
import { small, stubOf } from './replace.ts';
import type { Manifest } from './runtime.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);

const mimeTypes =
  /^(?:text\/(?:html|plain|css|javascript|csv|markdown|xml)|image\/(?:png|jpeg|gif|svg\+xml|webp|x-icon)|font\/woff2|application\/(?:json|javascript|xml|octet-stream|pdf|wasm|x-www-form-urlencoded|manifest\+json)|multipart\/form-data)$/;

/** Node's modules and a few packages, replaced; see the traps in the runtime's README. */
function replace(): Plugin {
  const virtual = (id: string) =>
    id.startsWith('tab:') ? join(here, `${id.slice(4)}.virtual.mjs`) : null;
  return {
    name: 'handshake:replace',
    resolveId(id, importer = '') {
      if (id.startsWith('tab:')) return virtual(id);
      const bare = id.replace(/^node:/, '').replace(/\/$/, '');
      const ours = importer.startsWith(here);
      if (ours && !id.startsWith('node:')) return null;
      if (/readable-stream/.test(importer) && bare === 'stream')
        return join(here, 'empty.virtual.mjs');
      if (/object-inspect/.test(importer) && bare === './util.inspect')
        return join(here, 'empty.virtual.mjs');
      if (bare === 'events') return require.resolve('events/');
      if (bare === 'string_decoder') return require.resolve('string_decoder/');
      if (bare === 'stream') return join(here, 'shims/stream.cjs');
      if (builtins.includes(bare)) return join(here, `shims/${bare}.ts`);
      if (Object.hasOwn(small, bare)) return join(here, `small~${bare}.virtual.cjs`);
      if (id === 'iconv-lite') return join(here, 'replace/iconv-lite.ts');
      if (id === 'depd') return require.resolve('depd/lib/browser/index.js');
      if (id === '../locales/index.js') return join(here, 'locales.virtual.mjs');
      return null;
    },
    async load(id) {
      if (id.endsWith('/mime-db/db.json')) {
        const all: Record<string, unknown> = JSON.parse(readFileSync(id, 'utf8'));
        return JSON.stringify(
          Object.fromEntries(Object.entries(all).filter(([type]) => mimeTypes.test(type))),
        );
      }
      const [, name] = /([^/\\]+)\.virtual\.[mc]js$/.exec(id) ?? [];
      if (!name) return stubOf(id) ?? null;
      if (name === 'empty') return 'export default undefined;';
      if (name === 'locales') return "export { default as en } from 'zod/v4/locales/en.js';";
      const [kind, of = ''] = name.split('~');
      if (kind === 'small') return small[of] ?? null;
      return kind === 'node' ? builtinModule(of) : packageModule(of);
    },
  };
}

const ours =
  /\/(?:@noble|base64-js|buffer|events|ieee754|object-inspect|path-browserify|readable-stream|safe-buffer|string_decoder)\//;

const isSeldom = (id: string) =>
  ownPacks['seldom']?.some((name) => id.endsWith(`/${name.replace(':', '~')}.virtual.mjs`));

/** What every worker loads first lies in one chunk: a module from a blob takes a millisecond or two by itself. */
const inBase = (id: string) =>
  (id.startsWith(here) &&
    !/\/(?:browser\/|imports\.ts|package~|locales|small~)/.test(id) &&
    !isSeldom(id)) ||
  ours.test(id);

/** Builds into `out`, and gives what it built. */
export async function buildRuntime(out: string): Promise<Manifest> {
  const input: Record<string, string> = {
    globals: join(here, 'worker/globals.ts'),
    boot: join(here, 'worker/boot.ts'),
    imports: join(here, 'imports.ts'),
    client: join(here, 'browser/client.ts'),
  };
  for (const name of packages) input[name] = `tab:package~${name}`;
  for (const name of builtins) input[`node:${name}`] = `tab:node~${name}`;
  const bundle = await rolldown({
    input,
    platform: 'neutral',
    resolve: {
      ...{ mainFields: ['module', 'main'], conditionNames: ['default'], aliasFields: [] },
    },
    plugins: [replace(), once()],
    logLevel: 'silent',
    onLog(level, log) {
      if (level === 'warn' && log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    },
  });
  const { output } = await bundle.generate({
    ...{ format: 'esm', minify: true, chunkFileNames: '[name].js' },
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: 'base', test: inBase }],
    },
    entryFileNames: ({ name }) => `${name.replace(/[:/]/g, '_')}.js`,
  });
  await bundle.close();
  const chunks = output.filter((each): each is OutputChunk => each.type === 'chunk');
  const entries = Object.fromEntries(
    chunks
      .filter((each) => each.isEntry)
      .map((each) => [each.name.replace(/^node_/, 'node:'), each.fileName]),
  );
  const packs = packChunks(
    chunks.map(({ fileName: file, code, imports, dynamicImports }) => ({
      ...{ file, code, imports: [...imports, ...dynamicImports] },
    })),
    Object.fromEntries(
      Object.entries(ownPacks).map(([pack, names]) => [
        pack,
        names.map((name) => entries[name] ?? ''),
      ]),
    ),
  );
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const { file, text } of Object.values(packs)) writeFileSync(join(out, file), text);
  const files = Object.fromEntries(Object.entries(packs).map(([name, { file }]) => [name, file]));
  return { entries, packs: files, packOf };
}

/** Entry to its pack; those of the base are left out. */
const packOf = Object.fromEntries(
  Object.entries(ownPacks).flatMap(([pack, names]) => names.map((name) => [name, pack])),
);
