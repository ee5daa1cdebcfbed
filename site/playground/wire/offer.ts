// What a packet in a lesson says while there is no run: so much, and the button that starts one.
import { adopt } from '../adopt.ts';
import css from './offer.css?inline';

let note: HTMLElement | undefined;
let owner: HTMLElement | undefined;

const runButton = (): HTMLButtonElement | null =>
  document.querySelector('tab-playground button.run:enabled');

function button(label: string, press: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  Object.assign(element, { type: 'button', textContent: label });
  element.addEventListener('click', press);
  return element;
}

function close(): void {
  note?.remove();
  note = undefined;
}

/** Starts the example and goes where it runs, for the button that was pressed is gone with the note. */
function run(): void {
  close();
  const start = runButton();
  const section = start?.closest<HTMLElement>('section[id]');
  start?.click();
  if (!section) return;
  section.tabIndex = -1;
  section.scrollIntoView();
  section.focus({ preventScroll: true });
}

/** Opens the note below the paragraph of a packet; closes it where it is that packet's. */
export function toggleOffer(host: HTMLElement): void {
  const isHere = note?.isConnected && owner === host;
  close();
  if (isHere) return;
  owner = host;
  const back = () => {
    close();
    host.querySelector('a')?.focus();
  };
  note = document.createElement('span');
  note.className = 'no-run not-content';
  note.role = 'group';
  note.ariaLabel = 'There is no run yet';
  const start = button('Run it here', run);
  const buttons = document.createElement('span');
  buttons.className = 'no-run-buttons';
  buttons.append(start, button('Not now', back));
  note.append(
    'There is no run yet, so there is no trace. Once such a packet has gone over your wire, the link leads to it.',
    buttons,
  );
  note.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') back();
  });
  (host.closest('p, li, td') ?? host).append(note);
  start.focus();
}

document.addEventListener('trace', close);
adopt(css);
