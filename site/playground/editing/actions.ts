/** What the choices about edits do, and the words for what was done. */
import type { Actions } from './choices.ts';
import type { EditStore } from './edits.ts';

interface Desk {
  store: () => EditStore;
  /** The course's own text; empty for a file that it does not have. */
  course: (path: string) => string;
  /** Shows the file, if there is one, and lets the reader undo in the editor what `act` does to it. */
  choose: (path: string | undefined, act: () => void) => void;
  /** The course's text again, for the file that is shown. */
  reset: () => void;
}

export function actionsOf({ store, course, choose, reset }: Desk): Actions {
  const undo = 'Undo in the editor brings yours back.';
  return {
    ...{ course, text: (path) => store().text(path), theirs: (path) => store().theirs(path) },
    keepMine(path) {
      choose(path, () => store().settle('mine', [path]));
      return `Your text of ${path} is kept.`;
    },
    takeTheirs(path) {
      choose(path, () => store().settle('theirs', [path]));
      return `The other tab’s text of ${path} is taken. ${undo}`;
    },
    acceptCourse(path) {
      choose(path, () => store().accept(path));
      return `Your text of ${path} is kept.`;
    },
    takeCourse(path) {
      choose(path, reset);
      return `The course’s text of ${path} is taken. ${undo}`;
    },
    discard(path) {
      choose(undefined, () => store().discard(path));
      return `Your text of ${path} is thrown away.`;
    },
    takeBack(key) {
      let taken = false;
      choose(undefined, () => {
        taken = store().takeBack(key);
      });
      if (!taken) return 'It is still set aside: this browser’s storage takes no more.';
      return `Taken back. ${undo.replace('yours', 'the text before it')}`;
    },
    throwAway(key) {
      store().throwAway(key);
      return 'Thrown away.';
    },
    tryAgain() {
      store().flush();
      return store().saved ? 'Your changes are saved.' : 'They are still not saved.';
    },
  };
}
