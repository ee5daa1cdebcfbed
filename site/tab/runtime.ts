/** The runtime's files: which an example needs, and their text, fetched once. */
import type { Chunk } from './messages.ts';

/** What the build writes; see build.ts. */
export interface Manifest {
  /** Entry (`boot`, `express`, `node:http`) to file. */
  entries: Record<string, string>;
  /** File to the files that it imports. */
  imports: Record<string, string[]>;
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

/** The sources that these entries lead to, themselves included. */
export function reachable(
  files: ReadonlyMap<string, string>,
  entries: readonly string[],
): string[] {
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
  return [...seen.values()];
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
  private readonly texts = new Map<string, Promise<string>>();

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
    return Promise.all(files.map(async (file) => ({ file, code: await this.text(file) })));
  }

  private text(file: string): Promise<string> {
    const found = this.texts.get(file) ?? this.fetchText(file);
    this.texts.set(file, found);
    found.catch(() => this.texts.delete(file)); // the next run asks again
    return found;
  }

  private async fetchText(file: string): Promise<string> {
    const response = await fetch(`${this.base}${file}`);
    if (!response.ok)
      throw new Error(`The runtime did not load: ${file} answered ${response.status}.`);
    return response.text();
  }
}
