// A reader's own copy of a lab's server, in my-labs/NAME/, and which labs are solved.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LabFolder } from '../../site/labs/list.ts';

const HOME = 'my-labs';

/** `my-labs/08-side-door/server.ts` */
export const ownFile = ({ name }: LabFolder) => `${HOME}/${name}/server.ts`;

/** The text of a lab's file, with imports that hold from my-labs/NAME/. */
function moved(text: string): string {
  return text
    .replaceAll("'../../lib/", "'../../examples/lib/")
    .replaceAll("'../server/", "'../../examples/labs/server/");
}

/** The lab's vulnerable server, as it is copied. */
export function startingText(root: string, { folder }: LabFolder): string {
  return moved(readFileSync(join(root, folder, 'server.ts'), 'utf8'));
}

/** The lab's mended server, as it would stand in the copy's place. */
export function solutionText(root: string, { folder }: LabFolder): string {
  return moved(readFileSync(join(root, folder, 'fixed.ts'), 'utf8'));
}

/** Copies the server, unless there is a copy; tells whether it did. */
export function begin(root: string, lab: LabFolder): boolean {
  const file = join(root, ownFile(lab));
  if (existsSync(file)) return false;
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, startingText(root, lab), { flag: 'wx' });
  return true;
}

/** Starts over. What was there stays beside it under another name, which it gives; undefined when nothing was. */
export function startOver(root: string, lab: LabFolder): string | undefined {
  const file = join(root, ownFile(lab));
  if (!existsSync(file)) {
    begin(root, lab);
    return undefined;
  }
  let n = 1;
  while (existsSync(file.replace('server.ts', `server-${n}.ts`))) n += 1;
  renameSync(file, file.replace('server.ts', `server-${n}.ts`));
  begin(root, lab);
  return ownFile(lab).replace('server.ts', `server-${n}.ts`);
}

export type State = 'solved' | 'begun' | 'new';

/** What is kept of a lab: `my-labs/labs.json` maps its name to this. */
interface Kept {
  solved: boolean;
  /** How many hints were asked for. */
  hints: number;
}

const keptFile = (root: string) => join(root, HOME, 'labs.json');

/** A file that cannot be read counts as empty, and stays beside it under another name. */
function readKept(root: string): Record<string, Kept> {
  const file = keptFile(root);
  if (!existsSync(file)) return {};
  try {
    return z
      .record(z.string(), z.object({ solved: z.boolean(), hints: z.int().min(0) }))
      .parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    copyFileSync(file, `${file}.unreadable`);
    return {};
  }
}

function keep(root: string, { name }: LabFolder, change: Partial<Kept>): void {
  mkdirSync(join(root, HOME), { recursive: true });
  const all = readKept(root);
  all[name] = { solved: false, hints: 0, ...all[name], ...change };
  writeFileSync(keptFile(root), `${JSON.stringify(all, null, 2)}\n`);
}

export function stateOf(root: string, lab: LabFolder): State {
  if (readKept(root)[lab.name]?.solved) return 'solved';
  return existsSync(join(root, ownFile(lab))) ? 'begun' : 'new';
}

export function markSolved(root: string, lab: LabFolder): void {
  keep(root, lab, { solved: true });
}

/** The hints up to the next one. */
export function nextHints(root: string, lab: LabFolder): string[] {
  const hints = Math.min(lab.hints.length, (readKept(root)[lab.name]?.hints ?? 0) + 1);
  keep(root, lab, { hints });
  return lab.hints.slice(0, hints);
}
