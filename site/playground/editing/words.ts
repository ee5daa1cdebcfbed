/** What a reader must know about the keeping of their edits. */
export interface Keeping {
  /** `saved`: storage holds them; `memory`: this page alone does; `future`: storage holds a newer version. */
  mode: 'saved' | 'memory' | 'future';
  /** Files that another tab has changed too, and stored. */
  clash: string[];
  /** Changed files whose text in the course is no longer the one that the reader started from. */
  outdated: string[];
  /** True when something of this example is set aside (see `aside.ts`). */
  aside: boolean;
}

/** Whole sentences, the most urgent first; none when all is well. */
export function sentences({ mode, clash, outdated, aside }: Keeping): string[] {
  const said: string[] = [];
  if (mode === 'memory')
    said.push(
      'Your changes are not saved: this browser’s storage is blocked or full. They last until you leave the page. Download them to keep them.',
    );
  if (mode === 'future')
    said.push(
      'Your changes to this example were saved by a newer version of this site, and are left as they are. Reload the page to get that version; until then nothing new is saved.',
    );
  if (clash.length > 0)
    said.push(
      `Another tab has changed ${list(clash)} too. Choose which text to keep; until then yours is not saved in its place.`,
    );
  if (outdated.length > 0)
    said.push(
      `The course has a new version of ${list(outdated)} since you changed it. Your text is kept; it may not fit the other files any more.`,
    );
  if (aside)
    said.push(
      'Some changes of yours are in none of these files: they could not be read, or another tab’s stand in their place. They were set aside, not deleted.',
    );
  return said;
}

/** A function that hands on what is to be said when it differs from what was said last. */
export function sayChanges(say: (sentences: string[], keeping: Keeping) => void) {
  let last = '';
  return (keeping: Keeping): void => {
    const said = sentences(keeping);
    if (said.join('\n') === last) return;
    last = said.join('\n');
    say(said, keeping);
  };
}

function list(names: string[]): string {
  return new Intl.ListFormat('en-US').format(names);
}
