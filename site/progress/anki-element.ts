import { ankiText, type Card, wrongOnes } from './anki.ts';
import { download, fileName } from './file.ts';
import { count, define, part } from './parts.ts';
import { $state } from './store.ts';

class ProgressAnki extends HTMLElement {
  #busy = false;

  connectedCallback(): void {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#busy) void this.#export();
    });
  }

  async #export(): Promise<void> {
    this.#busy = true;
    this.#say('The questions are loading.');
    this.#say(await this.#write().catch(() => 'The questions did not load. Try again.'));
    this.#busy = false;
  }

  /** Hands out the file and says what is in it. */
  async #write(): Promise<string> {
    const all = await this.#cards();
    const wrong = this.querySelector('input[value="wrong"]:checked') !== null;
    const cards = wrong ? wrongOnes(all, $state.get().progress) : all;
    if (cards.length === 0) return 'No last answer of yours is wrong: there is nothing to export.';
    download(fileName('anki', undefined, 'csv'), ankiText(cards), 'text/csv');
    return `${count(cards.length, 'card')} written. In Anki, choose File, then Import.`;
  }

  async #cards(): Promise<Card[]> {
    const response = await fetch(this.dataset['cards'] ?? '');
    if (!response.ok) throw new Error(`The cards did not load: ${response.status}.`);
    return response.json();
  }

  #say(message: string): void {
    part(this, 'status').textContent = message;
  }
}

define('progress-anki', ProgressAnki);
