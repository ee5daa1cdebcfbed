/** Where a module names what it imports. Runs in the worker, and in the frame of a page: the page itself has no lexer. */
import { parse } from 'es-module-lexer/minimal/js'; // smaller than the one in WebAssembly
import type { Import } from './relink.ts';

/** Every import and re-export of a module, dynamic ones with a plain string too, in order. Throws on broken syntax. */
export function importsOf(code: string, name = ''): Import[] {
  const [found] = parse(code, name);
  return found.flatMap(({ n: specifier, s: start, e: end }) => {
    if (typeof specifier !== 'string') return []; // import.meta, or a name that is computed
    const quoted = /['"`]/.test(code[start] ?? '');
    return [{ specifier, start: quoted ? start : start - 1, end: quoted ? end : end + 1 }];
  });
}
