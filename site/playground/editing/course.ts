import type { Edits } from './document.ts';
import { hashOf } from './hash.ts';

/** The course's own files of one example, by path. */
export class Course {
  readonly #example: string;
  readonly #files: ReadonlyMap<string, string>;
  readonly #hashes = new Map<string, string>();

  constructor(example: string, files: Readonly<Record<string, string>>) {
    this.#example = example;
    this.#files = new Map(Object.entries(files));
  }

  /** Throws for a path that is no file of the example. */
  text(path: string): string {
    const text = this.#files.get(path);
    if (text === undefined)
      throw new Error(`The example "${this.#example}" has no file "${path}".`);
    return text;
  }

  /** Throws for a path that is no file of the example. */
  hash(path: string): string {
    const hash = this.#hashes.get(path) ?? hashOf(this.text(path));
    this.#hashes.set(path, hash);
    return hash;
  }

  /** The edits that were made from another text than the file has now, or of a file that is gone. */
  outdated(edits: Edits): string[] {
    return [...edits]
      .filter(([path, { base }]) => !this.#files.has(path) || this.hash(path) !== base)
      .map(([path]) => path);
  }
}
