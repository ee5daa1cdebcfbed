import { LiveElement } from './live-element.ts';
import { define, part } from './parts.ts';
import type { State } from './store.ts';
import { countsOf, strengthOf } from './strength.ts';

class ProgressStrengths extends LiveElement {
  protected show({ progress }: State): void {
    for (const row of this.querySelectorAll<HTMLElement>('[data-questions]')) {
      const strength = strengthOf(progress, (row.dataset['questions'] ?? '').split(' '));
      part(row, 'words').textContent = strength.words;
      part(row, 'words').toggleAttribute('data-few', strength.share === undefined);
      part(row, 'counts').textContent = countsOf(strength);
      const bar = part(row, 'bar');
      bar.hidden = strength.share === undefined;
      bar.style.setProperty('--share', `${Math.round((strength.share ?? 0) * 100)}%`);
    }
  }
}

define('progress-strengths', ProgressStrengths);
