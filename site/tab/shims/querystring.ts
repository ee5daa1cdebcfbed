// node:querystring, as far as Express and engine.io use it: repeated keys become arrays.
type Fields = Record<string, string | string[]>;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // Node decodes what it can; a broken escape stays as it is
  }
}
export function parse(text: string, separator = '&', equals = '='): Fields {
  const fields: Fields = Object.create(null);
  if (typeof text !== 'string' || text === '') return fields;
  for (const pair of text.split(separator, 1_000)) {
    if (pair === '') continue;
    const at = pair.indexOf(equals);
    const plain = (part: string) => decode(part.replace(/\+/g, ' '));
    const key = plain(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : plain(pair.slice(at + equals.length));
    const before = fields[key];
    fields[key] = before === undefined ? value : [before, value].flat();
  }
  return fields;
}

export function stringify(fields: Record<string, unknown>, separator = '&', equals = '='): string {
  return Object.entries(fields)
    .flatMap(([key, value]) =>
      [value].flat().map((each) => `${encode(key)}${equals}${encode(String(each ?? ''))}`),
    )
    .join(separator);
}
// The same set of signs stays as it is in both.
const encode = encodeURIComponent;

export { decode as unescape, encode as escape };
