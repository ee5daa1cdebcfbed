import { LiveElement } from './live-element.ts';
import { define } from './parts.ts';
import type { State } from './store.ts';

class ProgressNotice extends LiveElement {
  protected show({ mode, setAside }: State): void {
    const shown = mode === 'saved' ? (setAside ? 'aside' : undefined) : mode;
    for (const text of this.querySelectorAll<HTMLElement>('[data-notice]'))
      text.hidden = text.dataset.notice !== shown;
  }
}

define('progress-notice', ProgressNotice);
