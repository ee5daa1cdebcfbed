import type { SetAside } from './aside.ts';

/** What a reader must know about the keeping of their edits. */
export interface Keeping {
  /** `saved`: storage holds them; `memory`: this page alone does; `future`: storage holds a newer version. */
  mode: 'saved' | 'memory' | 'future';
  /** Files that another tab has changed too, and stored. */
  clash: string[];
  /** Changed files whose text in the course is no longer the one that the reader started from. */
  outdated: string[];
  /** Changed files that the course no longer has. */
  gone: string[];
  /** What of this example is set aside (see `aside.ts`), oldest first. */
  aside: SetAside[];
}

/** Whole sentences, the most urgent first; none when all is well. */
export function sentences({ mode, clash, outdated, gone, aside }: Keeping): string[] {
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
  if (gone.length > 0)
    said.push(
      `The course no longer has ${list(gone)}. Your text is kept until you throw it away; no run uses it.`,
    );
  if (aside.length > 0)
    said.push(
      'Some changes of yours are in none of these files: they could not be read, or another tab’s stand in their place. They were set aside, not deleted.',
    );
  return said;
}

/** A function that hands on what is to be said, and the state behind it, when that differs from the last time. */
export function sayChanges(say: (sentences: string[], keeping: Keeping) => void) {
  let last = stateOf({ mode: 'saved', clash: [], outdated: [], gone: [], aside: [] });
  return (keeping: Keeping): void => {
    const state = stateOf(keeping);
    if (state === last) return;
    last = state;
    say(sentences(keeping), keeping);
  };
}

function stateOf({ mode, clash, outdated, gone, aside }: Keeping): string {
  return JSON.stringify([mode, clash, outdated, gone, aside.map(({ key }) => key)]);
}

function list(names: string[]): string {
  return new Intl.ListFormat('en-US').format(names);
}
