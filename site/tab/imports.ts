/** Where a module names what it imports. */
import { parse } from 'es-module-lexer/minimal/js'; // smaller than the one in WebAssembly

export interface Import {
  specifier: string;
  /** Where the specifier stands, its quotes included. */
  start: number;
  end: number;
}

/** Every import and re-export of a module, dynamic ones with a plain string too, in order. Throws on broken syntax. */
export function importsOf(code: string, name = ''): Import[] {
  const [found] = parse(code, name);
  return found.flatMap(({ n: specifier, s: start, e: end }) => {
    if (typeof specifier !== 'string') return []; // import.meta, or a name that is computed
    const quoted = /['"`]/.test(code[start] ?? '');
    return [{ specifier, start: quoted ? start : start - 1, end: quoted ? end : end + 1 }];
  });
}

/** The code with other specifiers: `change` gives each its new one. */
export async function relink(
  code: string,
  change: (specifier: string) => string | Promise<string>,
  name?: string,
): Promise<string> {
  let text = '';
  let last = 0;
  for (const { specifier, start, end } of importsOf(code, name)) {
    text += `${code.slice(last, start)}${JSON.stringify(await change(specifier))}`;
    last = end;
  }
  return text + code.slice(last);
}
