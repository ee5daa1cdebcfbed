import { download, fileName } from './file.ts';
import { LiveElement } from './live-element.ts';
import { count, define, part } from './parts.ts';
import { deleteSetAside, listSetAside, type SetAside } from './set-aside.ts';

/** "Nov 20, 2026, 10:00 AM, 120 characters"; a key written by hand may hold no time. */
function describe({ time, text }: SetAside): string {
  const date = new Date(time);
  const when = Number.isNaN(date.getTime())
    ? time
    : date.toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' });
  return `${when}, ${count(text.length, 'character')}`;
}

class ProgressSetAside extends LiveElement {
  protected show(): void {
    const kept = listSetAside();
    part(this, 'list').replaceChildren(...kept.map((data) => this.#item(data)));
    if (kept.length > 0) this.hidden = false;
  }

  #item(data: SetAside): Node {
    const template = this.querySelector('template');
    if (!template) throw new Error('no template for data set aside');
    const item = document.importNode(template.content, true);
    const what = part(item, 'what');
    what.textContent = describe(data);
    for (const name of ['download', 'delete']) {
      const button = part(item, name);
      button.setAttribute('aria-label', `${button.textContent} the data of ${what.textContent}`);
    }
    part(item, 'download').addEventListener('click', () =>
      download(fileName('set-aside', data.time), data.text),
    );
    part(item, 'delete').addEventListener('click', () => {
      deleteSetAside(data.key);
      this.show();
      part(this, 'status').textContent = 'Deleted.';
      part(this, 'status').focus();
    });
    return item;
  }
}

define('progress-set-aside', ProgressSetAside);
