/** `<lab-list>`: says which labs are solved. */
import { LiveElement } from '../progress/live-element.ts';
import { define, part } from '../progress/parts.ts';
import type { State } from '../progress/store.ts';

class LabList extends LiveElement {
  protected show({ progress }: State): void {
    const items = [...this.querySelectorAll<HTMLElement>('li[data-lab]')];
    let solved = 0;
    for (const item of items) {
      const done = progress.labs.get(item.dataset['lab'] ?? '')?.done === true;
      part(item, 'tick').hidden = !done;
      solved += Number(done);
    }
    part(this, 'sum').textContent = `${solved} of ${items.length} labs solved.`;
  }
}

define('lab-list', LabList);
