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

/** Which pack holds each chunk, and the packs as JSON. */
export interface Packs {
  packOf: Record<string, string>;
  files: Record<string, string>;
}

/** `own`: a pack's name to its entries' files. What belongs to none of them, or to several, is the `base`. */
export function packChunks(
  chunks: readonly Built[],
  own: Readonly<Record<string, readonly string[]>>,
): Packs {
  const byFile = new Map(chunks.map((each) => [each.file, each]));
  const reach = (file: string, seen = new Set<string>()) => {
    if (!seen.has(file)) {
      seen.add(file);
      for (const other of byFile.get(file)?.imports ?? []) reach(other, seen);
    }
    return seen;
  };
  const owners = new Map<string, string[]>();
  for (const [name, entries] of Object.entries(own)) {
    const reached = new Set(entries.flatMap((entry) => [...reach(entry)]));
    for (const file of reached) owners.set(file, [...(owners.get(file) ?? []), name]);
  }
  const others = chunks.filter(({ file }) => !owners.has(file));
  const base = new Set(others.flatMap(({ file }) => [...reach(file)]));
  const packs = new Map<string, Chunk[]>();
  const place = new Map<string, string>();
  for (const { file, code } of chunks) {
    const [owner = 'base', ...more] = owners.get(file) ?? [];
    const pack = more.length > 0 || base.has(file) ? 'base' : owner;
    place.set(file, pack);
    packs.set(pack, [...(packs.get(pack) ?? []), { file, parts: partsOf(code, byFile) }]);
  }
  const written = new Map<string, { file: string; text: string }>();
  for (const [name, content] of packs) {
    const text = JSON.stringify(content);
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 8);
    written.set(name, { file: `${name.replace(/[@/:]/g, '_')}-${hash}.json`, text });
  }
  return {
    packOf: Object.fromEntries(
      [...place].map(([file, pack]) => [file, written.get(pack)?.file ?? '']),
    ),
    files: Object.fromEntries([...written.values()].map(({ file, text }) => [file, text])),
  };
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
