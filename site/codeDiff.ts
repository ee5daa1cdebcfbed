/** Two pieces of code as one, with the numbers of the lines that went and that came. */
import { diffLines } from 'diff';

export interface CodeDiff {
  code: string;
  /** 1-based lines of `code`. */
  removed: number[];
  added: number[];
}

export function codeDiff(before: string, after: string): CodeDiff {
  const lines: string[] = [];
  const removed: number[] = [];
  const added: number[] = [];
  for (const part of diffLines(`${before}\n`, `${after}\n`)) {
    for (const line of part.value.replace(/\n$/, '').split('\n')) {
      lines.push(line);
      if (part.removed) removed.push(lines.length);
      if (part.added) added.push(lines.length);
    }
  }
  return { code: lines.join('\n'), removed, added };
}
