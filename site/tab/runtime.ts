/** The runtime's files: which an example needs, and their text, fetched once. */
import type { Chunk } from './packs.ts';

/** What the build writes; see build.ts. */
export interface Manifest {
  /** Entry (`boot`, `express`, `node:http`) to file. */
  entries: Record<string, string>;
  /** File to the files that it imports. */
  imports: Record<string, string[]>;
  /** File to the pack that holds it. */
  packs: Record<string, string>;
}

/** The files behind these entries, each after those that it imports. */
export function filesOf({ entries, imports }: Manifest, names: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (file: string) => {
    if (found.has(file)) return;
    for (const other of imports[file] ?? []) add(other);
    found.add(file);
  };
  for (const name of names) {
    const file = entries[name];
    if (file) add(file);
  }
  return [...found];
}

/** The packs that hold these entries. */
export function packsOf(manifest: Manifest, names: readonly string[]): string[] {
  return [...new Set(filesOf(manifest, names).map((file) => manifest.packs[file] ?? ''))];
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

/** What every run needs. */
export const always = ['globals', 'boot', 'sucrase'];

export class Runtime {
  readonly manifest: Manifest;
  private readonly base: string;
  private readonly packs = new Map<string, Promise<Map<string, Chunk>>>();

  /** `base`: where the files lie, with a slash at its end. */
  constructor(manifest: Manifest, base: string) {
    this.manifest = manifest;
    this.base = base;
  }

  /** The chunks for sources that import these names. Rejects when one cannot be fetched. */
  chunks(names: readonly string[]): Promise<Chunk[]> {
    return this.chunksOf([...always, ...names]);
  }

  /** The chunks of these entries, each after those that it imports. */
  async chunksOf(names: readonly string[]): Promise<Chunk[]> {
    const files = filesOf(this.manifest, names);
    const found = files.map(async (file) => (await this.pack(file)).get(file));
    return (await Promise.all(found)).filter((chunk) => chunk !== undefined);
  }

  private pack(file: string): Promise<Map<string, Chunk>> {
    const name = this.manifest.packs[file] ?? '';
    const found = this.packs.get(name) ?? this.fetchPack(name);
    this.packs.set(name, found);
    found.catch(() => this.packs.delete(name)); // the next run asks again
    return found;
  }

  private async fetchPack(name: string): Promise<Map<string, Chunk>> {
    const response = await fetch(`${this.base}${name}`);
    if (!response.ok)
      throw new Error(`The runtime did not load: ${name} answered ${response.status}.`);
    const chunks: Chunk[] = await response.json();
    return new Map(chunks.map((chunk) => [chunk.file, chunk]));
  }
}
