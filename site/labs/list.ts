// The labs, as their folders say.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Lab } from '../../examples/labs/lib/lab.ts';

const Words = z.string().trim().min(1);
const About = z.strictObject({
  title: Words,
  level: z.int().min(1).max(3),
  /** The lesson that it belongs to. */
  lesson: Words,
  teaches: Words,
  hints: z.array(Words).length(3),
  /** Labs to do before this one. */
  after: z.array(Words).default([]),
  /** Why it does not run in the tab; absent where it does. */
  needsNode: Words.optional(),
});

export interface LabFolder extends z.infer<typeof About> {
  /** `08-side-door` */
  name: string;
  /** `examples/labs/08-side-door` */
  folder: string;
}

/** All labs below `root`, in their order. Throws, naming the file, for a lab.yaml that is wrong. */
export function listLabs(root: string): LabFolder[] {
  return globSync('examples/labs/[0-9][0-9]-*/lab.yaml', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => {
      const about = About.safeParse(parse(readFileSync(join(root, file), 'utf8')));
      if (!about.success) throw new Error(`${file}: ${z.prettifyError(about.error)}`);
      const folder = dirname(file);
      for (const needed of ['server.ts', 'fixed.ts', 'exploit.ts']) {
        if (!existsSync(join(root, folder, needed))) throw new Error(`${folder} has no ${needed}.`);
      }
      return { ...about.data, name: basename(folder), folder };
    });
}

/** The exploits and honest clients of a lab. */
export async function loadLab(root: string, { folder }: LabFolder): Promise<Lab> {
  return import(pathToFileURL(join(root, folder, 'exploit.ts')).href);
}
