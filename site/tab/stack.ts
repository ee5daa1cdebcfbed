/** How an error is told: as Node does it, in any browser. */

/**
 * An error's name, message and places in V8's form: `head` is `String(error)`, `stack` its stack, if it has one.
 * Firefox's stack has the places alone, as `name@file:1:2`.
 */
export function stackOf(head: string, stack: unknown): string {
  if (typeof stack !== 'string' || stack === '') return head;
  const lines = stack.trimEnd().split('\n');
  if (lines.some((line) => /^\s+at /.test(line)) || !lines.some((line) => places.test(line))) {
    return stack;
  }
  return [head, ...lines.map(toV8)].join('\n');
}

const places = /^(.*?)@(.+:\d+:\d+)$/;

function toV8(line: string): string {
  const [, name = '', place] = places.exec(line.replace(/^async\*/, '')) ?? [];
  if (!place) return line;
  return `    at ${name ? `${name} (${place})` : place}`;
}
