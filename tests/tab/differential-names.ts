// How the values that no two runs share are replaced; which, stands in differential-normal.ts.

export interface Rule {
  pattern: RegExp;
  /** What stands in its place; a function numbers or describes what was found. */
  to: string | ((found: string, names: Names) => string);
  why: string;
}

/** Numbers for values in order of their first appearance: `<id 1>`. */
export class Names {
  private readonly known = new Map<string, string>();
  private count = 0;

  name(value: string, kind: string): string {
    const found = this.known.get(value);
    if (found) return found;
    this.count += 1;
    const name = `<${kind} ${this.count}>`;
    this.known.set(value, name);
    return name;
  }
}

/** A token by its header and the names of its claims. */
export function describeJwt(token: string): string {
  const [header = '', claims = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  return `<jwt ${JSON.stringify(read(header))} ${Object.keys(read(claims))}>`;
}
