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

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Files edited that have another text now than the one that the reader started from, and those that are gone. */
  compare(edits: Edits): { outdated: string[]; gone: string[] } {
    const paths = [...edits.keys()];
    return {
      outdated: paths.filter((path) => this.has(path) && this.hash(path) !== edits.get(path)?.base),
      gone: paths.filter((path) => !this.has(path)),
    };
  }
}
