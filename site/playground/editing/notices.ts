/** What the reader is told of the keeping of edits, and below it what there is to choose. */
import type { Actions } from './choices.ts';
import { element } from './element.ts';
import type { Keeping } from './words.ts';

export class Notices {
  private readonly said: HTMLElement;
  private readonly choices: HTMLElement;
  private readonly actions: Actions;
  private keeping: Keeping | undefined;

  /** `said` is a live region, so the buttons stand apart from it, in `choices`. */
  constructor(said: HTMLElement, choices: HTMLElement, actions: Actions) {
    this.said = said;
    this.choices = choices;
    this.actions = actions;
    said.tabIndex = -1;
  }

  show(sentences: string[], keeping: Keeping): void {
    this.keeping = keeping;
    this.said.replaceChildren(...sentences.map((text) => element('p', undefined, text)));
    if (sentences.length === 0) this.choices.replaceChildren();
    else void this.showChoices(keeping);
  }

  private async showChoices(keeping: Keeping): Promise<void> {
    const { showChoices } = await import('./choices.ts');
    if (keeping !== this.keeping) return;
    showChoices(this.choices, keeping, this.actions, (words) => this.done(words));
  }

  /** The button that was pressed is gone: the focus goes to what it did. */
  private done(words: string): void {
    this.said.querySelector('.done')?.remove();
    this.said.append(element('p', 'done', words));
    this.said.focus();
  }
}
