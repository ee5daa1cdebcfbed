/** Makes modules of the run's files: types stripped, imports led to the files and packages that there are. */
import { importsOf } from '../imports.ts';
import type { Text } from '../messages.ts';
import { relink } from '../relink.ts';
import { files } from '../shims/files.ts';

/** From a name such as `express` or `node:http` to the address of its module, if it was sent. */
export type Modules = Record<string, string | undefined>;

/** A mistake in a file of the run: said with its place, and without the loader's own stack. */
export class SourceError extends Error {
  constructor(path: string, message: string) {
    super(`${short(path)}: ${message}`);
    this.name = 'SourceError';
    this.stack = `${this.name}: ${this.message}`;
  }
}

const short = (path: string) => path.replace(/^\/handshake\//, '');
const made = new Map<string, Promise<string>>();
/** Source to what is left of it without its types. */
const stripped = new Map<string, string>();

/** Imports a file of the run. */
export async function load(path: string, modules: Modules): Promise<unknown> {
  return import(/* @vite-ignore */ await addressOf(path, modules, []));
}

function addressOf(path: string, modules: Modules, above: readonly string[]): Promise<string> {
  if (above.includes(path)) {
    const circle = [...above, path].map(short).join(' → ');
    throw new SourceError(path, `a circle of imports cannot run in the tab: ${circle}`);
  }
  const found = made.get(path) ?? makeModule(path, modules, above);
  made.set(path, found);
  return found;
}

async function makeModule(
  path: string,
  modules: Modules,
  above: readonly string[],
): Promise<string> {
  const source = files.get(path);
  if (source === undefined) throw new SourceError(path, 'there is no such file');
  const code = await strip(path, source, modules);
  const linked = await relink(code, importsOf(code, path), (specifier) =>
    resolve(specifier, path, modules, above),
  );
  const text = `${withMeta(linked, path)}\n//# sourceURL=${short(path)}`;
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** `import.meta` of a blob says nothing of the file that it was made of. */
function withMeta(code: string, path: string): string {
  return code
    .replace(/\bimport\.meta\.url\b/g, JSON.stringify(`file://${path}`))
    .replace(/\bimport\.meta\.resolve\b/g, "((name) => 'file:///node_modules/' + name)");
}

/** Strips what a run will need before it is asked for. Mistakes are said when the file is loaded. */
export async function prepareFiles(texts: readonly Text[], modules: Modules): Promise<void> {
  for (const [path, text] of texts) await strip(path, text, modules).catch(() => {});
}

/** The source without its types, line by line as it was. */
async function strip(path: string, source: string, modules: Modules): Promise<string> {
  if (!path.endsWith('.ts')) return source;
  const known = stripped.get(source);
  if (known !== undefined) return known;
  const { transform }: typeof import('sucrase') = await import(
    /* @vite-ignore */ modules['sucrase'] ?? ''
  );
  try {
    const { code } = transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
    });
    stripped.set(source, code);
    return code;
  } catch (error) {
    const [, message, line, column] =
      /^(.*?)\s*\((\d+):(\d+)\)$/s.exec((error as Error).message) ?? [];
    throw new SourceError(line ? `${path}:${line}:${column}` : path, message ?? String(error));
  }
}

async function resolve(
  specifier: string,
  from: string,
  modules: Modules,
  above: readonly string[],
): Promise<string> {
  if (/^\.{0,2}\//.test(specifier)) {
    const path = new URL(specifier, `file://${from}`).pathname;
    if (!files.has(path)) throw new SourceError(from, `there is no file ${specifier} to import`);
    return addressOf(path, modules, [...above, from]);
  }
  const address = modules[specifier] ?? modules[`node:${specifier}`];
  if (address) return address;
  const can = Object.keys(modules).filter((name) => !/^(?:node:|boot$|globals$)/.test(name));
  throw new SourceError(
    from,
    `cannot import '${specifier}' in the tab. There are ${can.join(', ')}, and some of Node's own. Run this example locally for others.`,
  );
}
