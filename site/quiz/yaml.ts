import { parseDocument } from 'yaml';

export type Parsed = { data: unknown } | { problems: string[] };

/** Reads YAML text; each syntax error becomes "file, line N: what is wrong". */
export function parseYaml(file: string, text: string): Parsed {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length === 0) return { data: document.toJS() };
  const problems = document.errors.map((error) => {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    return `${file}, line ${line}: not valid YAML (${error.message}). Quote a text that holds ": " or starts with a symbol.`;
  });
  return { problems };
}
