// A lockfile written where a registry lacks a platform's binary leaves that binary out without a
// word, and then `npm ci` fails on that platform. This finds what is left out.

interface Locked {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}
export interface Lockfile {
  packages: Record<string, Locked>;
}

/** What is wrong with the lockfile, a line each: optional packages without an entry, named hosts. */
export function findGaps({ packages }: Lockfile): string[] {
  const gaps: string[] = [];
  for (const [path, { optionalDependencies = {}, resolved }] of Object.entries(packages)) {
    if (resolved?.startsWith('http')) gaps.push(`${path} names the host it came from: ${resolved}`);
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (!findEntry(packages, path, name)) {
        gaps.push(`${path || 'the project'} needs ${name}@${range} on some platform: no entry`);
      }
    }
  }
  return gaps;
}

/** The entry that Node would resolve `name` to from `path`: the nearest node_modules above it. */
function findEntry(packages: Lockfile['packages'], path: string, name: string): boolean {
  let at = path;
  for (;;) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
    const up = at.lastIndexOf('node_modules/');
    at = up > 0 ? at.slice(0, up - 1) : '';
  }
}
