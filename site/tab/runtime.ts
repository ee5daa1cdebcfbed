/** The runtime's files: which an example needs, and their text, fetched once. */
import type { Chunk } from './packs.ts';

/** What the build writes; see build.ts. */
export interface Manifest {
  /** Entry (`boot`, `express`, `node:http`) to its chunk. */
  entries: Record<string, string>;
  /** Entry to the name of its pack; those of the `base` are left out. */
  packOf: Record<string, string>;
  /** A pack's name to its file. */
  packs: Record<string, string>;
}

/** The packs of a server that imports these names, in the order in which they are to be loaded. */
export function packsOf({ packOf }: Manifest, names: readonly string[]): string[] {
  return [...new Set(['base', ...names.map((name) => packOf[name] ?? 'base')])];
}

/** The sources that these entries lead to, themselves included: path to text. */
export function reachable(
  files: ReadonlyMap<string, string>,
  entries: readonly string[],
): Map<string, string> {
  const seen = new Map<string, string>();
  const add = (path: string) => {
    const text = files.get(path);
    if (text === undefined || seen.has(path)) return;
    seen.set(path, text);
    for (const [, specifier = ''] of text.matchAll(/['"](\.{1,2}\/[^'"]+)['"]/g)) {
      add(new URL(specifier, `file://${path}`).pathname);
    }
  };
  for (const entry of entries) add(entry);
  return seen;
}

/** The names that the sources import from outside themselves, `node:` ones written so. */
export function importsIn(sources: readonly string[], { entries }: Manifest): string[] {
  const names = sources.flatMap((source) =>
    [...source.matchAll(/(?:from|import)\s*\(?\s*['"]([^.'"][^'"]*)['"]/g)].map(
      ([, name = '']) => name,
    ),
  );
  const known = names.flatMap((name) => [name, `node:${name}`].filter((each) => each in entries));
  return [...new Set(known)];
}

export class Runtime {
  readonly manifest: Manifest;
  private readonly base: string;
  private readonly packs = new Map<string, Promise<Chunk[]>>();

  /** `base`: where the files lie, with a slash at its end. */
  constructor(manifest: Manifest, base: string) {
    this.manifest = manifest;
    this.base = base;
  }

  /** The chunks for sources that import these names, each behind those that it imports. Rejects when one cannot be had. */
  async chunks(names: readonly string[]): Promise<Chunk[]> {
    const packs = packsOf(this.manifest, names).map((name) => this.pack(name));
    return (await Promise.all(packs)).flat();
  }

  /** What stands in the frame of a page: its part of the virtual browser, and the lexer that the worker has as well. */
  async client(): Promise<Chunk[]> {
    const [base, client] = await Promise.all([this.pack('base'), this.pack('client')]);
    return [...base.filter(({ file }) => file === this.manifest.entries['imports']), ...client];
  }

  private pack(name: string): Promise<Chunk[]> {
    const found = this.packs.get(name) ?? this.fetchPack(this.manifest.packs[name] ?? name);
    this.packs.set(name, found);
    found.catch(() => this.packs.delete(name)); // the next run asks again
    return found;
  }

  private async fetchPack(file: string): Promise<Chunk[]> {
    const response = await fetch(`${this.base}${file}`);
    if (!response.ok)
      throw new Error(`The runtime did not load: ${file} answered ${response.status}.`);
    return response.json();
  }
}
