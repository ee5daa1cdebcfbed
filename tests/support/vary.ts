// Preloaded into an example: makes a variant of its server.ts in memory, with one defence taken out.
import { registerHooks } from 'node:module';
import process from 'node:process';

/** Pairs of text in server.ts and what stands there instead. Each must occur exactly once. */
const edits: [string, string][] = JSON.parse(process.env.HANDSHAKE_VARIANT ?? '[]');

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!/\/examples\/[\w-]+\/server\.ts$/.test(url) || edits.length === 0) return loaded;
    let source = String(loaded.source);
    for (const [from, to] of edits) {
      if (source.split(from).length !== 2) {
        throw new Error(`This variant no longer applies: not exactly once in ${url}: ${from}`);
      }
      source = source.replace(from, () => to);
    }
    return { ...loaded, source };
  },
});
