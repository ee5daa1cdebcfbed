/**
 * What an example says of itself, in `examples/NAME/example.json`. It needs none: an example runs in the tab unless
 * `{ "runsInTab": false, "why": "It needs Redis." }` says that it does not, and why.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Why an example does not run in the tab, a sentence or more; undefined where it runs. Throws for what it cannot read. */
export function whyNotInTab(root: string, name: string): string | undefined {
  const file = `examples/${name}/example.json`;
  if (!existsSync(join(root, file))) return undefined;
  const { runsInTab, why, ...rest } = parse(file, readFileSync(join(root, file), 'utf8'));
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new Error(`${file}: there is no "${unknown}". It may say runsInTab and why.`);
  }
  if (typeof runsInTab !== 'boolean') {
    throw new Error(`${file}: runsInTab has to be true or false, not ${show(runsInTab)}.`);
  }
  if (runsInTab) {
    if (why === undefined) return undefined;
    throw new Error(`${file}: why stands beside "runsInTab": false, and here it is true.`);
  }
  if (typeof why === 'string' && /^\S.*\.$/.test(why)) return why;
  throw new Error(
    `${file}: why has to say in a sentence, with its period, why it does not run in the tab, not ${show(why)}.`,
  );
}

function parse(file: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${file} has to be an object, not ${show(value)}.`);
}

const show = (value: unknown): string =>
  value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80);
