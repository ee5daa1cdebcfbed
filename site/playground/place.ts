/** Where an error in a server's output stands in its sources. */
export interface Place {
  /** Absolute path. */
  path: string;
  /** Its last part, for people. */
  name: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  message: string;
}

/** The first place in the text that is one of these files: `examples/auth-field/server.ts:12:5`. */
export function placeOf(text: string, paths: readonly string[]): Place | undefined {
  for (const match of text.matchAll(/([\w./-]+\.ts):(\d+):(\d+)/g)) {
    const [, file = '', line, column] = match;
    const path = paths.find((each) => each.endsWith(`/${file.replace(/^\/?handshake\//, '')}`));
    if (!path) continue;
    const [rest = ''] = text.slice(match.index).split('\n');
    const lines = `${text.slice(0, match.index)}${rest}`.split('\n');
    const message = lines.findLast((each) => /^(?!\s+at )\s*\S/.test(each))?.trim() ?? ''; // above the stack
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { path, name, line: Number(line), column: Number(column), message };
  }
  return undefined;
}
