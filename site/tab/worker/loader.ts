/** Makes modules of the run's files: types stripped, imports led to the files and packages that there are. */
import { importsOf } from '../imports.ts';
import type { Text } from '../messages.ts';
import { type Import, relink } from '../relink.ts';
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
/** A source without its types, and where it names others. */
interface Read {
  code: string;
  imports: Import[];
}
const known = new Map<string, Read>();

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
  const { code, imports } = await read(path, source, modules);
  const linked = await relink(code, imports, (specifier) =>
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

/** Makes modules before they are asked for, and runs none. Mistakes are said when the file is loaded. */
export async function prepareFiles(texts: readonly Text[], modules: Modules): Promise<void> {
  for (const [path, text] of texts) files.set(path, text);
  for (const [path] of texts) {
    await addressOf(path, modules, []).catch(() => made.clear()); // some may have been made of it
  }
}

/** Takes the texts of the run. Of what was prepared, it keeps what they leave as it is. */
export function takeFiles(texts: readonly Text[], entry: string): void {
  const changed = texts.filter(([path, text]) => made.has(path) && files.get(path) !== text);
  if (changed.every(([path]) => path === entry)) made.delete(entry);
  else made.clear(); // others name it by the address that it had
  for (const [path, text] of texts) files.set(path, text);
}

async function read(path: string, source: string, modules: Modules): Promise<Read> {
  const before = known.get(source);
  if (before) return before;
  const code = path.endsWith('.ts') ? await strip(path, source, modules) : source;
  const found = { code, imports: importsOf(code, path) };
  known.set(source, found);
  return found;
}

/** The source without its types, line by line as it was. */
async function strip(path: string, source: string, modules: Modules): Promise<string> {
  const { transform }: typeof import('sucrase') = await import(
    /* @vite-ignore */ modules['sucrase'] ?? ''
  );
  try {
    return transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: true,
    }).code;
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
  const can = Object.keys(modules).filter(
    (name) => !/^(?:node:|(?:boot|globals|imports|client)$)/.test(name),
  );
  throw new SourceError(
    from,
    `cannot import '${specifier}' in the tab. There are ${can.join(', ')}, and some of Node's own. Run this example locally for others.`,
  );
}
