/** The choices that the keeping of edits leaves to the reader, one group of buttons for each file. Loaded when needed. */
import { download, fileName } from '../../progress/file.ts';
import { adopt } from '../adopt.ts';
import { editsIn, type SetAside } from './aside.ts';
import { type Shown, showChanges } from './changes-view.ts';
import css from './choices.css?inline';
import { element } from './element.ts';
import type { Keeping } from './words.ts';

adopt(css);

/** What a press does; each gives the words for what was done. */
export interface Actions {
  keepMine(path: string): string;
  takeTheirs(path: string): string;
  acceptCourse(path: string): string;
  takeCourse(path: string): string;
  discard(path: string): string;
  takeBack(key: string): string;
  throwAway(key: string): string;
  tryAgain(): string;
  text(path: string): string;
  theirs(path: string): string;
  course(path: string): string;
}

type Press = [name: string, press: () => string];
interface Choice {
  label: string;
  buttons: Press[];
  /** Presses that lose a text for good: they ask once more. */
  loses?: Press;
  differences: () => Shown[];
}

/** Puts the choices into `host`; `done` is told what was done. */
export function showChoices(
  host: HTMLElement,
  keeping: Keeping,
  actions: Actions,
  done: (words: string) => void,
): void {
  host.replaceChildren(...choicesOf(keeping, actions).map((choice) => groupOf(choice, done)));
}

function choicesOf({ mode, clash, outdated, gone, aside }: Keeping, actions: Actions): Choice[] {
  const against = (words: string, path: string, from: string): Shown[] => [
    { file: path, from, to: actions.text(path), words: `Your ${path}, against ${words}` },
  ];
  return [
    ...(mode === 'memory' ? [{ label: 'Not saved', ...retry(actions) }] : []),
    ...clash.map((path) => ({
      label: `${path}, in two tabs`,
      buttons: [
        ['Keep mine', () => actions.keepMine(path)],
        ['Take the other tab’s', () => actions.takeTheirs(path)],
      ] as Press[],
      differences: () => against('the other tab’s', path, actions.theirs(path)),
    })),
    ...outdated.map((path) => ({
      label: `${path}, new in the course`,
      buttons: [
        ['Keep mine', () => actions.acceptCourse(path)],
        ['Take the course’s', () => actions.takeCourse(path)],
      ] as Press[],
      differences: () => against('the course’s', path, actions.course(path)),
    })),
    ...gone.map((path) => ({
      label: `${path}, gone from the course`,
      buttons: [saveButton(path.slice(path.lastIndexOf('/') + 1), () => actions.text(path))],
      loses: ['Throw it away', () => actions.discard(path)] as Press,
      differences: () => against('nothing', path, ''),
    })),
    ...aside.map((kept) => setAsideChoice(kept, actions)),
  ];
}

function retry(actions: Actions): Pick<Choice, 'buttons' | 'differences'> {
  return { buttons: [['Try to save again', actions.tryAgain]], differences: () => [] };
}

/** What was set aside can be taken back where it can be read, and downloaded where it cannot. */
function setAsideChoice(kept: SetAside, actions: Actions): Choice {
  const edits = editsIn(kept);
  const when = timeOf(kept.time);
  const loses: Press = ['Throw it away', () => actions.throwAway(kept.key)];
  if (!edits) {
    return {
      label: `Set aside ${when}, and not readable`,
      buttons: [saveButton(fileName('set-aside', kept.time), () => kept.text)],
      loses,
      differences: () => [],
    };
  }
  return {
    label: `Set aside ${when}: ${[...edits.keys()].join(', ')}`,
    buttons: [['Take it back', () => actions.takeBack(kept.key)]],
    loses,
    differences: () =>
      [...edits].map(([path, { text }]) => ({
        ...{ file: path, from: actions.text(path), to: text },
        words: `${path} as set aside, against what it is now`,
      })),
  };
}

function saveButton(name: string, text: () => string): Press {
  const save = () => {
    download(name, text());
    return `Downloaded as ${name}. It is still kept here.`;
  };
  return ['Download it', save];
}

/** "Nov 20, 2026, 10:00 AM"; a key written by hand may hold no time. */
function timeOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return date.toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' });
}

function groupOf({ label, buttons, loses, differences }: Choice, done: (words: string) => void) {
  const group = element('div', 'choice');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', label);
  const row = element('div', 'row');
  const diff = element('div', 'choice-diff');
  for (const [name, press] of buttons) row.append(buttonOf(name, () => done(press())));
  if (differences().length > 0) row.append(differenceButton(diff, differences));
  if (loses) row.append(askTwice(loses, done));
  group.append(element('p', 'choice-label', label), row, diff);
  return group;
}

function buttonOf(name: string, press: () => void): HTMLButtonElement {
  const button = element('button', 'plain', name);
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
}

function askTwice([name, press]: Press, done: (words: string) => void): HTMLButtonElement {
  let asked = false;
  const button = buttonOf(name, () => {
    if (asked) {
      done(press());
      return;
    }
    asked = true;
    button.textContent = `${name}, for good`;
  });
  button.addEventListener('blur', () => {
    asked = false;
    button.textContent = name;
  });
  return button;
}

function differenceButton(host: HTMLElement, differences: () => Shown[]): HTMLButtonElement {
  const button = buttonOf('Show the difference', async () => {
    const open = host.childElementCount === 0;
    button.setAttribute('aria-expanded', String(open));
    button.textContent = open ? 'Hide the difference' : 'Show the difference';
    host.replaceChildren();
    if (!open) return;
    for (const shown of differences()) {
      const part = element('div');
      host.append(part);
      await showChanges(part, shown);
    }
  });
  button.setAttribute('aria-expanded', 'false');
  return button;
}
