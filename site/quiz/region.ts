import { readRegion } from '../regions.ts';
import { readSource } from '../source.ts';
import type { RegionLines } from './rules.ts';

/** The lines of a region of a file under `examples/`. Throws when the file or the region is gone. */
export function regionLines(file: string, region: string): RegionLines {
  if (!file.startsWith('examples/') || file.includes('..'))
    throw new Error(`file ${file} is not under examples/: name one that is, from the root`);
  const { code, line, endLine } = readRegion(readSource(file), region, file);
  const lines = code.split('\n');
  // Markers of inner regions are left out of the code, so its lines may not be the file's.
  return { lines, firstLine: lines.length === endLine - line + 1 ? line : 1 };
}
