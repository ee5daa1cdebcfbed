/** The runtime's chunks, put together into few files: what every server needs, and one for each package. */
import { createHash } from 'node:crypto';

/** A chunk as the bundler gives it. */
export interface Built {
  file: string;
  code: string;
  imports: string[];
}

/** A chunk's text and the chunks that it names, in turn: text, file, text, file, …, text. */
export interface Chunk {
  file: string;
  parts: string[];
}

/** A pack: chunks as JSON, each behind those of the pack that it imports. */
export interface Pack {
  /** Its name with a hash of what it holds. */
  file: string;
  text: string;
}

/**
 * `own`: a pack's name to its entries' files. What belongs to none of them, or to several, is the `base`: a pack
 * needs nothing but itself and the base.
 */
export function packChunks(
  chunks: readonly Built[],
  own: Readonly<Record<string, readonly string[]>>,
): Record<string, Pack> {
  const byFile = new Map(chunks.map((each) => [each.file, each]));
  const reach = (files: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const file of files) {
      if (seen.has(file)) continue;
      reach(byFile.get(file)?.imports ?? [], seen);
      seen.add(file); // behind those that it imports
    }
    return seen;
  };
  const reached = Object.entries(own).map(([name, files]) => [name, reach(files)] as const);
  const ownersOf = (file: string) => reached.filter(([, files]) => files.has(file));
  const common = chunks.flatMap(({ file }) => (ownersOf(file).length === 1 ? [] : [file]));
  const base = reach(common);
  const packs: [name: string, files: string[]][] = reached.map(([name, files]) => [
    name,
    [...files].filter((file) => !base.has(file)),
  ]);
  return Object.fromEntries(
    [['base', [...base]] as const, ...packs].map(([name, files]) => {
      const content = files.map(
        (file): Chunk => ({ file, parts: partsOf(byFile.get(file)?.code ?? '', byFile) }),
      );
      return [name, pack(name, content)];
    }),
  );
}

function pack(name: string, content: readonly Chunk[]): Pack {
  const text = JSON.stringify(content);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 8);
  return { file: `${name.replace(/[@/:]/g, '_')}-${hash}.json`, text };
}

/** Cuts a chunk's code where it names other chunks, so that nobody has to search it when it runs. */
function partsOf(code: string, chunks: ReadonlyMap<string, unknown>): string[] {
  const parts: string[] = [];
  let last = 0;
  for (const found of code.matchAll(/(["'`])\.\/([\w.~-]+\.js)\1/g)) {
    const [whole, , name = ''] = found;
    if (!chunks.has(name)) continue;
    parts.push(code.slice(last, found.index), name);
    last = found.index + whole.length;
  }
  return [...parts, code.slice(last)];
}
