// A plugin of Vite: builds react-hook's page with something changed in its sources, in memory.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { Variant } from './example.ts';

/** What stands exactly once in a file of the page, what stands there instead, and the file. */
export type PageEdit = readonly [from: string, to: string, file: string];

/** Applies the edits, and takes `hook` (a path from the project's folder) in place of useSocket.ts. */
export function varyPage(edits: PageEdit[], hook?: string): Plugin {
  return {
    name: 'variant',
    enforce: 'pre',
    resolveId: (source) =>
      hook && source === './useSocket.ts'
        ? fileURLToPath(new URL(`../../${hook}`, import.meta.url))
        : undefined,
    transform(code, id) {
      let source = code;
      for (const [from, to, file] of edits) {
        if (!id.endsWith(`/react-hook/${file}`)) continue;
        if (source.split(from).length !== 2) {
          throw new Error(`This variant no longer applies: not exactly once in ${file}: ${from}`);
        }
        source = source.replace(from, () => to);
      }
      return source;
    },
  };
}

/** The variant of react-hook whose server builds its page so. */
export function pageVariant(edits: PageEdit[], hook?: string): Variant {
  const args = JSON.stringify([edits, hook]).slice(1, -1);
  const plugin = `(await import(${JSON.stringify(import.meta.url)})).varyPage(${args})`;
  return [['configFile: false,', `configFile: false, plugins: [${plugin}],`, 'page.ts']];
}
