/** Where a module names another, quotes included. */
export interface Import {
  specifier: string;
  start: number;
  end: number;
}

/** The code with other specifiers: `change` gives each its new one. `imports` in the order of the code. */
export async function relink(
  code: string,
  imports: readonly Import[],
  change: (specifier: string) => string | Promise<string>,
): Promise<string> {
  let text = '';
  let last = 0;
  for (const { specifier, start, end } of imports) {
    text += `${code.slice(last, start)}${JSON.stringify(await change(specifier))}`;
    last = end;
  }
  return text + code.slice(last);
}
