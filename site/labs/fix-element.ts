/** `<lab-fix>`: opens the fix of a lab once it is solved. */
import { LiveElement } from '../progress/live-element.ts';
import { define } from '../progress/parts.ts';
import type { State } from '../progress/store.ts';

class LabFix extends LiveElement {
  #opened = false;

  protected show({ progress }: State): void {
    const solved = progress.labs.get(this.dataset['lab'] ?? '')?.done === true;
    if (!solved || this.#opened) return;
    this.#opened = true; // once: whoever closes it wants it closed
    this.querySelector('details')?.setAttribute('open', '');
  }
}

define('lab-fix', LabFix);
