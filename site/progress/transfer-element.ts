import { type Progress, serialize } from './document.ts';
import { download, FILE_LIMIT, fileName } from './file.ts';
import { readImport } from './import.ts';
import { KEY } from './key.ts';
import { LiveElement } from './live-element.ts';
import { mergeNewest } from './merge.ts';
import { define, part } from './parts.ts';
import { readItem } from './storage.ts';
import { $state, type State, update } from './store.ts';

class ProgressTransfer extends LiveElement {
  #pending: Progress | undefined;

  get #file(): HTMLInputElement {
    const input = part(this, 'file');
    if (!(input instanceof HTMLInputElement)) throw new Error('data-part="file" is no input');
    return input;
  }

  protected override setUp(): void {
    part(this, 'export').addEventListener('click', () => this.#export());
    this.#file.addEventListener('change', () => void this.#read());
    part(this, 'merge').addEventListener('click', () => this.#merge());
    part(this, 'cancel').addEventListener('click', () => this.#finish('Nothing was imported.'));
  }

  protected show({ mode }: State): void {
    this.#file.disabled = mode === 'future';
  }

  /** A newer document is handed out as it stands. */
  #export(): void {
    const { mode, progress } = $state.get();
    const stored = mode === 'future' ? readItem(KEY) : undefined;
    download(fileName('progress'), stored ?? serialize(progress));
  }

  async #read(): Promise<void> {
    const file = this.#file.files?.[0];
    if (!file) return;
    if (file.size > FILE_LIMIT) {
      this.#finish(`${file.name} was not imported: it is larger than 2 MB.`);
      return;
    }
    const text = await file.text().catch(() => undefined);
    if (text === undefined) {
      this.#finish(`${file.name} was not imported: the browser could not read it.`);
      return;
    }
    const result = readImport(file.name, text, $state.get().progress, Date.now());
    if (result.kind === 'refused') {
      this.#finish(result.message);
      return;
    }
    this.#pending = result.progress;
    this.#say(result.message);
    part(this, 'choice').hidden = false;
  }

  #merge(): void {
    const theirs = this.#pending;
    if (theirs) update((ours) => mergeNewest(ours, theirs).progress);
    this.#finish('Merged. Where both had an entry, the newer one stands.');
  }

  #finish(message: string): void {
    this.#pending = undefined;
    this.#file.value = '';
    if (part(this, 'choice').contains(document.activeElement)) this.#file.focus();
    part(this, 'choice').hidden = true;
    this.#say(message);
  }

  #say(message: string): void {
    part(this, 'status').textContent = message;
  }
}

define('progress-transfer', ProgressTransfer);
