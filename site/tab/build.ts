/**
 * Builds the runtime into public/tab/: an ES module for each package that an example may import, for each builtin of
 * Node, and for the worker's own code. They share chunks. The names, which hold hashes, go into a manifest.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { builtins, packages } from './packages.ts';
import { MISSING, small, stubOf } from './replace.ts';
import type { Manifest } from './runtime.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);

const identifier = /^[A-Za-z_$][\w$]*$/;

/** The names that Node's ES modules see, without `default`. */
async function namesOf(specifier: string): Promise<string[]> {
  const found: object = await import(specifier);
  return Object.keys(found).filter((name) => identifier.test(name) && name !== 'default');
}

/** `export const` for each name, also for names like `static` that cannot be declared. */
function exportAll(names: readonly string[], text: (name: string) => string): string {
  const lines = names.map((name, n) => `const e${n} = ${text(name)};`);
  return `${lines.join('\n')}\nexport { ${names.map((name, n) => `e${n} as ${name}`).join(', ')} };`;
}

const packaged: Record<string, string> = {
  events: 'events/',
  stream: './shims/stream.cjs',
  string_decoder: 'string_decoder/',
};

/**
 * A builtin for the code of an example: what the shim has, and a function that throws for each name that it lacks.
 * Packages get the shim alone, for they look whether a name is there.
 */
async function builtinModule(name: string): Promise<string> {
  const all = await namesOf(`node:${name}`);
  const from = packaged[name];
  const shim = from ? `import shim from '${from}';` : `import * as shim from './shims/${name}.ts';`;
  const value = (each: string) =>
    `Reflect.get(shim, '${each}') ?? missing('node:${name}', '${each}')`;
  const names = all.map((each, n) => `${each}: e${n}`).join(', ');
  const whole = from ? 'shim' : `Reflect.get(shim, 'default') ?? { ${names} }`;
  return `${shim}\n${MISSING}\n${exportAll(all, value)}\nexport default ${whole};`;
}

/** A package as an ES module with the names that Node finds in it. */
async function packageModule(name: string): Promise<string> {
  const whole: object = await import(name);
  const isModule = /"type":\s*"module"/.test(manifestOf(name)) || !('default' in whole);
  if (isModule) {
    const standard = 'default' in whole ? `export { default } from '${name}';` : '';
    return `export * from '${name}';\n${standard}`;
  }
  const names = (await namesOf(name)).filter((each) => each !== 'module.exports');
  const value = (each: string) => `m[${JSON.stringify(each)}] ?? missing('${name}', '${each}')`;
  const standard = 'default' in whole ? 'export default m;' : '';
  // The bundler may take a package's ES form where Node takes the other one: either will do.
  const from = `import * as all from '${name}';\nconst m = Reflect.get(all, 'default') ?? all;`;
  return `${from}\n${MISSING}\n${standard}\n${exportAll(names, value)}`;
}

function manifestOf(name: string): string {
  return readFileSync(join(here, '../../node_modules', name, 'package.json'), 'utf8');
}

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

/** Builds into `out`, and gives what it built. */
export async function buildRuntime(out: string): Promise<Manifest> {
  const input: Record<string, string> = {
    globals: join(here, 'worker/globals.ts'),
    boot: join(here, 'worker/boot.ts'),
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
    plugins: [replace()],
    logLevel: 'silent',
    onLog(level, log) {
      if (level === 'warn' && log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
    },
  });
  const { output } = await bundle.generate({
    ...{ format: 'esm', minify: true, chunkFileNames: '[name]-[hash].js' },
    entryFileNames: ({ name }) => `${name.replace(/[:/]/g, '_')}-[hash].js`,
  });
  await bundle.close();
  const chunks = output.filter((each): each is OutputChunk => each.type === 'chunk');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const chunk of chunks) writeFileSync(join(out, chunk.fileName), chunk.code);
  return {
    entries: Object.fromEntries(
      chunks
        .filter((each) => each.isEntry)
        .map((each) => [each.name.replace(/^node_/, 'node:'), each.fileName]),
    ),
    imports: Object.fromEntries(
      chunks.map((each) => [each.fileName, [...each.imports, ...each.dynamicImports]]),
    ),
  };
}
