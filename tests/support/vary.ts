// Preloaded into an example: makes a variant of its sources in memory, with one defence taken out.
import { registerHooks } from 'node:module';
import process from 'node:process';

/** What stands in the source, what stands there instead, and the file: `server.ts` if not given. */
type Edit = [from: string, to: string, file?: string];
const edits: Edit[] = JSON.parse(process.env.HANDSHAKE_VARIANT ?? '[]');

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const mine = edits.filter(
      ([, , file = 'server.ts']) =>
        /\/examples\/(?:labs\/)?[\w-]+\/[\w.]+$/.test(url) && url.endsWith(`/${file}`),
    );
    if (mine.length === 0) return loaded;
    let source = String(loaded.source);
    for (const [from, to] of mine) {
      if (source.split(from).length !== 2) {
        throw new Error(`This variant no longer applies: not exactly once in ${url}: ${from}`);
      }
      source = source.replace(from, () => to);
    }
    return { ...loaded, source };
  },
});
