/** What differs between two texts, line by line; `changes-view.ts` shows it. */
export interface ChangedLine {
  kind: 'added' | 'removed' | 'same';
  /** In the reader's file, from 1: what was removed has none. */
  line?: number;
  text: string;
  /** Set for a file's last line that no line break ends: it may be the whole difference. */
  unended?: true;
}

/** Changes that stand near each other, with three lines around them. */
export type Group = ChangedLine[];

const KINDS = { '+': 'added', '-': 'removed', ' ': 'same' } as const;

/** The groups of a unified diff; none when the texts are the same. Loads `diff` when first asked. */
export async function changesOf(course: string, mine: string): Promise<Group[]> {
  if (course === mine) return [];
  const { structuredPatch } = await import('diff');
  const { hunks } = structuredPatch('', '', course, mine, '', '', { context: 3 });
  return hunks.map(({ newStart, lines }) => {
    let next = newStart;
    const group: Group = [];
    for (const line of lines) {
      const kind = KINDS[line.charAt(0) as keyof typeof KINDS];
      const text = line.slice(1);
      const last = group.at(-1);
      if (kind === 'removed') group.push({ kind, text });
      else if (kind) group.push({ kind, line: next++, text });
      else if (last) last.unended = true; // "\ No newline at end of file"
    }
    return group;
  });
}

/** One sentence: "You have changed server.ts: 2 lines added, 1 line removed." `words` say it of other texts. */
export function summaryOf(file: string, groups: Group[], words?: string): string {
  if (groups.length === 0)
    return words ? 'The two texts are the same.' : 'You have changed nothing.';
  const lines = groups.flat();
  const count = (kind: ChangedLine['kind']) => {
    const number = lines.filter((line) => line.kind === kind).length;
    return `${number} ${number === 1 ? 'line' : 'lines'} ${kind}`;
  };
  return `${words ?? `You have changed ${file}`}: ${count('added')}, ${count('removed')}.`;
}
